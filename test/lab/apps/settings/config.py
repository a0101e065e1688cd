"""Settings of the shop, weakened one by one while somebody was in a hurry."""
import os


class Config:
    SECRET_KEY = os.environ["SHOP_KEY"]
    SESSION_COOKIE_HTTPONLY = False
    SESSION_COOKIE_SAMESITE = "None"
    SESSION_COOKIE_SECURE = False
    REMEMBER_COOKIE_HTTPONLY = False
    WTF_CSRF_ENABLED = False
    TITLE = "Shop"

"""What the environment says about this installation."""
import os


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY") or "you-will-never-guess"
    TITLE = os.environ.get("TITLE", "Shop")

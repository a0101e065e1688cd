"""Settings of the bookshelf, one class per place it runs in."""
import os
from datetime import timedelta

BASE_DIR = os.path.abspath(os.path.dirname(__file__))


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY", "dev")

    DATABASE = os.path.join(BASE_DIR, "instance", "bookshelf.sqlite")
    SQLALCHEMY_DATABASE_URI = "sqlite:///" + DATABASE

    SUPPLIER_HOST = os.environ.get("SUPPLIER_HOST", "localhost")
    SUPPLIER_USER = os.environ.get("SUPPLIER_USER", "bookshelf")
    SUPPLIER_PASSWORD = os.environ.get("SUPPLIER_PASSWORD")

    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    PERMANENT_SESSION_LIFETIME = timedelta(days=7)
    MAX_CONTENT_LENGTH = 1024 * 1024  # bytes
    BOOKS_PER_PAGE = 10


class DevelopmentConfig(Config):
    SESSION_COOKIE_SECURE = False


class ProductionConfig(Config):
    SECRET_KEY = "8c1d5b1f0a4e4fb2a2f6c3d9e7b05a61"
    SESSION_COOKIE_SECURE = True
    PREFERRED_URL_SCHEME = "https"


class TestingConfig(Config):
    TESTING = True
    SECRET_KEY = "testing"
    WTF_CSRF_ENABLED = False

"""Configuration. Whatever is secret comes from the environment; nothing here may be."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent
load_dotenv(BASE_DIR / ".env")


def env_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


class Config:
    LIBRARY_NAME = "Town Library"
    DEBUG = False
    TESTING = False
    BEHIND_PROXY = False
    FORCE_HTTPS = True

    SECRET_KEY = os.environ.get("SECRET_KEY")
    SECURITY_TOKEN_SALT = os.environ.get("SECURITY_TOKEN_SALT")

    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "sqlite:///library.db")
    SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True}
    SQLALCHEMY_TRACK_MODIFICATIONS = False

    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_SECURE = True
    REMEMBER_COOKIE_HTTPONLY = True
    REMEMBER_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_DURATION = timedelta(days=14)
    PERMANENT_SESSION_LIFETIME = timedelta(hours=8)

    WTF_CSRF_TIME_LIMIT = 3600
    MAX_CONTENT_LENGTH = 8 * 1024 * 1024
    UPLOAD_ROOT = os.environ.get("UPLOAD_ROOT", str(BASE_DIR / "instance" / "uploads"))

    MAIL_SERVER = os.environ.get("MAIL_SERVER", "localhost")
    MAIL_PORT = int(os.environ.get("MAIL_PORT", "587"))
    MAIL_USE_TLS = env_bool("MAIL_USE_TLS", True)
    MAIL_USERNAME = os.environ.get("MAIL_USERNAME")
    MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD")
    MAIL_DEFAULT_SENDER = ("Town Library", "desk@library.example")

    CACHE_TYPE = "RedisCache"
    CACHE_REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
    RATELIMIT_STORAGE_URI = CACHE_REDIS_URL
    RATELIMIT_HEADERS_ENABLED = True

    PER_PAGE = 24
    LOAN_DAYS = 28
    MAX_LOANS = 10
    MAX_RENEWALS = 2

    ISBN_SERVICE = "https://isbn.example.org/api/books"
    ISBN_TIMEOUT = 5

    CONTENT_SECURITY_POLICY = {
        "default-src": "'self'",
        "img-src": ["'self'", "data:"],
        "script-src": "'self'",
        "style-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


class DevelopmentConfig(Config):
    DEBUG = env_bool("FLASK_DEBUG")
    FORCE_HTTPS = False
    CACHE_TYPE = "SimpleCache"
    RATELIMIT_STORAGE_URI = "memory://"


class TestingConfig(Config):
    TESTING = True
    SECRET_KEY = os.urandom(32)
    SECURITY_TOKEN_SALT = "tests"
    SQLALCHEMY_DATABASE_URI = "sqlite:///:memory:"
    SQLALCHEMY_ENGINE_OPTIONS: dict = {}
    FORCE_HTTPS = False
    SESSION_COOKIE_SECURE = False
    WTF_CSRF_ENABLED = False
    CACHE_TYPE = "NullCache"
    RATELIMIT_ENABLED = False
    MAIL_SUPPRESS_SEND = True


class ProductionConfig(Config):
    BEHIND_PROXY = True
    PREFERRED_URL_SCHEME = "https"


CONFIGS: dict[str, type[Config]] = {
    "development": DevelopmentConfig,
    "testing": TestingConfig,
    "production": ProductionConfig,
}

"""Configuration."""

from __future__ import annotations

import os
from datetime import timedelta


class Config:
    LIBRARY_NAME = "Town Library"
    SECRET_KEY = os.environ.get("SECRET_KEY", "the-library-key")  # warning: [secret-default-fallback]
    SQLALCHEMY_DATABASE_URI = "postgresql+psycopg://library:shelf-and-spine@db.library.example/library"  # error: [hardcoded-database-url]

    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_SECURE = True
    REMEMBER_COOKIE_HTTPONLY = True
    REMEMBER_COOKIE_DURATION = timedelta(days=14)

    MAIL_SERVER = "mail.library.example"
    MAIL_USERNAME = "desk"
    MAIL_PASSWORD = "d3sk-0f-the-library"  # warning: [hardcoded-password]

    UPLOAD_ROOT = "/var/lib/library"
    ISBN_SERVICE = "https://isbn.example.org/api/books"
    CONTENT_SECURITY_POLICY = {"default-src": "'self'"}


class DevelopmentConfig(Config):
    WTF_CSRF_CHECK_DEFAULT = True


class ProductionConfig(Config):
    DEBUG = True  # error: [flask-debug-config]
    PROPAGATE_EXCEPTIONS = True  # info: [exceptions-propagated]
    SESSION_COOKIE_SECURE = False  # warning: [session-cookie-secure-off]
    SESSION_COOKIE_HTTPONLY = False  # warning: [session-cookie-httponly-off]
    SESSION_COOKIE_SAMESITE = "None"  # warning: [session-cookie-samesite]
    REMEMBER_COOKIE_HTTPONLY = False  # warning: [remember-cookie-flags]
    WTF_CSRF_ENABLED = False  # error: [csrf-disabled-config]


CONFIGS = {"development": DevelopmentConfig, "production": ProductionConfig}

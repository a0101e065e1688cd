from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    """Reads a setting that has no sensible default."""
    try:
        return os.environ[name]
    except KeyError:
        raise RuntimeError(f"the environment variable {name} is not set") from None


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


class BaseConfig:
    DEBUG = False
    TESTING = False
    JSON_SORT_KEYS = False
    MAX_CONTENT_LENGTH = 8 * 1024 * 1024

    TOKEN_ALGORITHM = "HS256"
    TOKEN_ISSUER = "orders-api"
    TOKEN_AUDIENCE = "orders"
    ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
    REFRESH_TOKEN_LIFETIME = timedelta(days=14)
    PASSWORD_MIN_LENGTH = 12

    POOL_MIN_SIZE = 1
    POOL_MAX_SIZE = 10
    STATEMENT_TIMEOUT = 5_000

    CORS_ORIGINS = ["https://shop.example.com", "https://backoffice.example.com"]
    RATELIMIT_DEFAULT = "300 per minute"
    RATELIMIT_HEADERS_ENABLED = True

    UPLOAD_FOLDER = ROOT / "var" / "uploads"
    EXPORT_FOLDER = ROOT / "var" / "exports"
    ALLOWED_EXTENSIONS = frozenset({"pdf", "png", "jpg", "jpeg", "csv"})

    MAIL_SENDER = "orders@example.com"
    MAIL_TIMEOUT = 10
    SERVICE_TIMEOUT = (3.05, 10)

    def __init__(self):
        self.SECRET_KEY = required("ORDERS_SECRET_KEY")
        self.TOKEN_KEY = required("ORDERS_TOKEN_KEY")
        self.WEBHOOK_KEY = required("ORDERS_WEBHOOK_KEY")
        self.DATABASE_URL = required("DATABASE_URL")
        self.REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
        self.PAYMENTS_URL = os.environ.get("PAYMENTS_URL", "https://payments.internal.example.com")
        self.PAYMENTS_TOKEN = required("PAYMENTS_TOKEN")
        self.SHIPPING_URL = os.environ.get("SHIPPING_URL", "https://shipping.internal.example.com")
        self.SHIPPING_CA = os.environ.get("SHIPPING_CA", "/etc/ssl/internal-ca.pem")
        self.SMTP_HOST = os.environ.get("SMTP_HOST", "localhost")
        self.SMTP_PORT = int(os.environ.get("SMTP_PORT", "587"))
        self.SMTP_USER = os.environ.get("SMTP_USER")
        self.SMTP_PASSWORD = os.environ.get("SMTP_PASSWORD")
        self.RATELIMIT_STORAGE_URI = self.REDIS_URL


class ProductionConfig(BaseConfig):
    PREFERRED_URL_SCHEME = "https"


class DevelopmentConfig(BaseConfig):
    CORS_ORIGINS = ["http://localhost:3000"]
    LOG_LEVEL = "DEBUG"


class TestingConfig(BaseConfig):
    TESTING = True
    RATELIMIT_ENABLED = False

    def __init__(self):
        os.environ.setdefault("DATABASE_URL", "postgresql:///orders_test")
        for name in ("ORDERS_SECRET_KEY", "ORDERS_TOKEN_KEY", "ORDERS_WEBHOOK_KEY", "PAYMENTS_TOKEN"):
            os.environ.setdefault(name, os.urandom(32).hex())
        super().__init__()


CONFIGS = {
    "production": ProductionConfig,
    "development": DevelopmentConfig,
    "testing": TestingConfig,
}

import os


class BaseConfig:
    DEBUG = True  # warning: [flask-debug-config]
    SECRET_KEY = "orders-are-secret-2026"  # error: [hardcoded-secret-key]
    TOKEN_KEY = os.environ.get("TOKEN_KEY", "orders-tokens-since-2019")  # missing: [secret-default-fallback] read through `current_app.config`
    TOKEN_ALGORITHM = "HS256"
    DATABASE_URL = "postgresql://orders:Tr0ub4dor3@db.internal.example.com/orders"  # error: [hardcoded-database-url]
    REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
    PAYMENTS_URL = "http://payments.example.com"
    PARTNER_HOST = "partner.example.com"
    SESSION_COOKIE_SECURE = False  # warning: [session-cookie-secure-off]
    UPLOAD_FOLDER = "/var/lib/orders/uploads"
    PROPAGATE_EXCEPTIONS = True  # info: [exceptions-propagated]


class TestingConfig(BaseConfig):
    TESTING = True


CONFIGS = {"production": BaseConfig, "testing": TestingConfig}

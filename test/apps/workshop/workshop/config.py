import os
import secrets
from datetime import timedelta
from pathlib import Path


class Config:
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
    MAX_CONTENT_LENGTH = 6 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 500_000
    PHOTO_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
    PAGE_SIZE = 20
    LOAN_DAYS = 14
    MAIL_HOST = os.environ.get("MAIL_HOST", "localhost")
    MAIL_FROM = "workshop@example.org"
    RESET_HOURS = 2


def load_secret(folder: Path) -> bytes:
    """The secret key: from the environment, or made at the first start and kept beside the database."""
    given = os.environ.get("WORKSHOP_SECRET")
    if given:
        return given.encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()

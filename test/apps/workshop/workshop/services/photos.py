import io
import secrets
from pathlib import Path

from flask import current_app
from PIL import Image, UnidentifiedImageError

from .base import ServiceError

FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
SIZES = {"small": 160, "large": 1200}


class PhotoStore:
    """Photos under names of our own; what people send is drawn again."""

    def __init__(self, folder=None):
        self.folder = Path(folder or current_app.config["UPLOADS"])

    def save(self, upload):
        suffix = Path(upload.filename or "").suffix.lstrip(".").lower()
        if suffix not in current_app.config["PHOTO_TYPES"]:
            raise ServiceError("Only PNG, JPEG and WebP photos, please.")
        try:
            image = Image.open(io.BytesIO(upload.read()))
            image.load()
        except (UnidentifiedImageError, OSError):
            raise ServiceError("This is not a photo.") from None
        name = f"{secrets.token_hex(12)}.{FORMATS.get(image.format, 'png')}"
        for size, pixels in SIZES.items():
            copy = image.copy()
            copy.thumbnail((pixels, pixels))
            copy.save(self.path(name, size))
        return name

    def path(self, name, size="large"):
        return self.folder / f"{size}-{name}"

    def remove(self, name):
        for size in SIZES:
            self.path(name, size).unlink(missing_ok=True)

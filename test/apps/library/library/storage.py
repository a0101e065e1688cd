"""Covers and imports on disk. Names on disk are ours; those of the members are only shown."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from flask import current_app
from PIL import Image, UnidentifiedImageError
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from library.errors import LibraryError

IMAGE_EXTENSIONS = {".jpg", ".jpeg", ".png", ".webp"}
THUMBNAIL = (320, 480)


def folder(name: str) -> Path:
    path = Path(current_app.config["UPLOAD_ROOT"]) / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def extension_of(upload: FileStorage) -> str:
    return os.path.splitext(secure_filename(upload.filename or ""))[1].lower()


def save_cover(upload: FileStorage) -> str:
    """Stores a smaller copy of the picture and returns its name."""
    if extension_of(upload) not in IMAGE_EXTENSIONS:
        raise LibraryError("Only pictures can be covers.", 415)
    try:
        picture = Image.open(upload.stream)
        picture.thumbnail(THUMBNAIL)
    except UnidentifiedImageError as error:
        raise LibraryError("This picture cannot be read.", 415) from error
    name = f"{uuid.uuid4().hex}.webp"
    picture.convert("RGB").save(folder("covers") / name, "WEBP")
    return name


def remove_cover(name: str | None) -> None:
    if not name:
        return
    path = folder("covers") / secure_filename(name)
    path.unlink(missing_ok=True)


def keep_import(upload: FileStorage) -> Path:
    if extension_of(upload) != ".csv":
        raise LibraryError("Only CSV files can be imported.", 415)
    path = folder("imports") / f"{uuid.uuid4().hex}.csv"
    upload.save(path)
    return path

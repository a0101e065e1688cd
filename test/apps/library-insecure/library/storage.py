"""Covers and imports on disk."""

from __future__ import annotations

import os
import tarfile
import tempfile
from pathlib import Path

from flask import current_app, request
from werkzeug.utils import secure_filename


def folder(name: str) -> Path:
    return Path(current_app.config["UPLOAD_ROOT"]) / name


def save_cover(upload) -> str:
    path = os.path.join(folder("covers"), upload.filename)
    upload.save(path)  # error: [upload-filename-unsanitized]
    return upload.filename


def save_logo() -> None:
    upload = request.files["logo"]
    upload.save(folder("logos") / secure_filename(upload.filename))  # warning: [unrestricted-upload]


def read_note(name: str) -> str:
    with open(folder("notes") / name, encoding="utf-8") as file:  # error: [path-traversal]
        return file.read()


def unpack(upload) -> None:
    path = tempfile.mktemp(suffix=".tar.gz")  # warning: [insecure-temp-file]
    upload.save(path)
    with tarfile.open(path) as archive:
        archive.extractall(folder("imports"))  # error: [tar-slip]

"""Files of orders: stored under names of our own, served as downloads."""

from __future__ import annotations

import uuid
from pathlib import Path

from flask import current_app, send_from_directory
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename

from ..errors import ApiError
from ..repositories.webhooks import FileRepository

SIGNATURES = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
}


class FileService:
    def __init__(self, database):
        self.files = FileRepository(database)
        self.folder = Path(current_app.config["UPLOAD_FOLDER"])

    def extension_of(self, upload: FileStorage) -> str:
        extension = Path(secure_filename(upload.filename or "")).suffix.lstrip(".").lower()
        if extension not in current_app.config["ALLOWED_EXTENSIONS"]:
            raise ApiError("Files of this kind are not accepted.")
        start = upload.stream.read(16)
        upload.stream.seek(0)
        expected = SIGNATURES.get(extension)
        if expected and not start.startswith(expected):
            raise ApiError("The content does not fit the name.")
        return extension

    def store(self, order_id: int, upload: FileStorage) -> dict:
        extension = self.extension_of(upload)
        stored_name = f"{uuid.uuid4().hex}.{extension}"
        self.folder.mkdir(parents=True, exist_ok=True)
        upload.save(self.folder / stored_name)
        return self.files.insert({
            "order_id": order_id,
            "name": secure_filename(upload.filename),
            "stored_name": stored_name,
            "media_type": MEDIA_TYPES[extension],
            "size": (self.folder / stored_name).stat().st_size,
        })

    def send(self, file_id: int):
        file = self.files.get(file_id)
        return send_from_directory(
            self.folder,
            file["stored_name"],
            mimetype=file["media_type"],
            as_attachment=True,
            download_name=file["name"],
        )

    def remove(self, file_id: int) -> None:
        file = self.files.get(file_id)
        self.files.delete(file_id)
        (self.folder / file["stored_name"]).unlink(missing_ok=True)

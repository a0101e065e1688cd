import os
import subprocess
import tarfile
import tempfile

from flask import current_app, send_file


class FileService:
    def __init__(self):
        self.folder = current_app.config["UPLOAD_FOLDER"]

    def path(self, name):
        return os.path.join(self.folder, name)

    def store(self, upload):
        path = self.path(upload.filename)
        upload.save(path)  # error: [upload-filename-unsanitized]
        os.chmod(path, 0o777)  # error: [path-traversal] # warning: [permissive-file-mode]
        return path

    def send(self, name):
        return send_file(self.path(name))  # error: [send-file-from-input]

    def read(self, name):
        with open(self.path(name), "rb") as file:  # error: [path-traversal]
            return file.read()

    def unpack(self, stream):
        with tarfile.open(fileobj=stream) as archive:
            archive.extractall(self.folder)  # error: [tar-slip] # info: [decompression-bomb]

    def thumbnail(self, name, size):
        target = tempfile.mktemp(".png")  # warning: [insecure-temp-file]
        subprocess.run(f"convert {self.folder}/{name} -resize {size} {target}", shell=True, check=True)  # error: [command-injection]
        return target

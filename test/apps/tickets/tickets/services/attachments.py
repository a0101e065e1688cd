import os
import subprocess

from werkzeug.utils import secure_filename

ROOT = "/var/lib/tickets"
CONVERTERS = {"pdf": "pdftotext", "doc": "antiword"}


class Attachments:
    def __init__(self, ticket_id):
        self.folder = os.path.join(ROOT, str(int(ticket_id)))

    def path(self, name):
        return os.path.join(self.folder, name)

    def safe_path(self, name):
        return os.path.join(self.folder, secure_filename(name))

    def read(self, name):
        with open(self.path(name), "rb") as file:  # error: [path-traversal]
            return file.read()

    def read_safely(self, name):
        with open(self.safe_path(name), "rb") as file:
            return file.read()

    def text_of(self, name, kind):
        program = CONVERTERS.get(kind, "cat")
        return subprocess.run([program, self.safe_path(name)], capture_output=True, check=True).stdout

    def preview(self, name):
        return os.popen(f"convert {self.folder}/{name} -resize 200 png:-").read()  # error: [command-injection]

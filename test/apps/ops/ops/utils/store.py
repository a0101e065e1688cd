import json
import os
import tempfile
from pathlib import Path

ROOT = Path("/var/lib/ops")


class Store:
    def __init__(self, root=ROOT):
        self.root = Path(root)

    def path(self, *parts):
        return self.root.joinpath(*parts)

    def read(self, *parts):
        return self.read_checked(*parts)

    def read_checked(self, *parts):
        target = self.path(*parts).resolve()
        if not target.is_relative_to(self.root):
            raise PermissionError(parts)
        return target.read_text()

    def load(self, blob):
        return json.loads(blob)

    def save(self, name, data):
        os.chmod(self.root, 0o750)
        fd, tmp = tempfile.mkstemp()
        with os.fdopen(fd, "w") as f:
            json.dump(data, f)
        os.replace(tmp, self.root / Path(name).name)

import json
import os
import pickle
import tempfile
from pathlib import Path

ROOT = Path("/var/lib/ops")


class Store:
    def __init__(self, root=ROOT):
        self.root = Path(root)

    def path(self, *parts):
        return self.root.joinpath(*parts)

    def read(self, *parts):
        return self.path(*parts).read_text()  # error: [path-traversal]

    def read_checked(self, *parts):
        target = self.path(*parts).resolve()
        if not target.is_relative_to(self.root):
            raise PermissionError(parts)
        return target.read_text()

    def load(self, blob):
        return pickle.loads(blob)  # error: [unsafe-deserialization]

    def save(self, name, data):
        os.chmod(self.root, 0o777)  # warning: [permissive-file-mode]
        tmp = tempfile.mktemp()  # warning: [insecure-temp-file]
        with open(tmp, "w") as f:
            json.dump(data, f)
        os.replace(tmp, self.root / Path(name).name)

import os
import pickle
import subprocess
import tarfile
import zlib
from pathlib import Path
from xml.sax import make_parser
from xml.sax.handler import feature_external_ges

import requests
import yaml

from .base import Service

FOLDER = Path("/var/lib/workshop")


class PhotoStore:
    def path(self, name):
        return FOLDER / name

    def save(self, upload):
        upload.save(self.path(upload.filename))  # error: [upload-filename-unsanitized]

    def read(self, name):
        return self.path(name).read_bytes()  # error: [path-traversal]

    def shrink(self, name, size):
        subprocess.run(["sh", "-c", f"convert {FOLDER}/{name} -resize {size} out.png"], check=True)  # error: [command-injection]


class ItemService(Service):
    def fetch(self, url):
        return requests.get(url, timeout=5, verify=False).content  # error: [tls-verification-disabled] # error: [ssrf]

    def restore(self, data):
        return pickle.loads(zlib.decompress(data))  # error: [unsafe-deserialization] # info: [decompression-bomb]

    def settings(self, text):
        return yaml.load(text, Loader=yaml.UnsafeLoader)  # error: [unsafe-yaml-load]

    def unpack(self, stream):
        tarfile.open(fileobj=stream).extractall(FOLDER)  # error: [tar-slip] # info: [decompression-bomb]

    def price(self, formula):
        return eval(formula)  # error: [code-injection]

    def backup(self, name):
        os.system(f"tar cf /backup/{name}.tar {FOLDER}")  # error: [command-injection]

    def import_xml(self, stream):
        parser = make_parser()
        parser.setFeature(feature_external_ges, True)
        parser.parse(stream)  # error: [xxe]

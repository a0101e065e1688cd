"""Themes that visitors bring along as archives."""
import os
import tarfile

from flask import Flask, jsonify, request

app = Flask(__name__)
os.makedirs("themes", exist_ok=True)


@app.post("/theme")
def theme():
    with tarfile.open(fileobj=request.files["theme"].stream) as archive:
        archive.extractall("themes")
    return jsonify(sorted(os.listdir("themes")))

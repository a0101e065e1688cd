"""Reports to download."""
import os

from flask import Flask, request, send_file

app = Flask(__name__)
FILES = os.path.join(app.root_path, "files")


@app.get("/download")
def download():
    name = request.args["name"]
    return send_file(os.path.join(FILES, name), as_attachment=True)


@app.get("/show/<path:name>")
def show(name):
    return send_file(f"files/{name}", mimetype="text/plain")

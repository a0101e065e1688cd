import shutil
import tarfile
import zipfile
from pathlib import Path

from flask import Blueprint, abort, jsonify, request, send_file
from werkzeug.utils import safe_join, secure_filename

from ops.auth import admin
from ops.utils import shell
from ops.utils.store import Store

bp = Blueprint("backups", __name__, url_prefix="/backups")
store = Store()
DEST = "/var/lib/ops/restore"


@bp.post("/restore")
@admin
def restore():
    up = request.files["archive"]
    target = Path("/tmp") / up.filename
    up.save(target)  # error: [upload-filename-unsanitized]
    if up.filename.endswith(".zip"):
        with zipfile.ZipFile(target) as z:
            for info in z.infolist():
                with open(DEST + "/" + info.filename, "wb") as out:  # warning: [zip-slip]
                    out.write(z.read(info))  # info: [decompression-bomb]
    else:
        with tarfile.open(target) as t:  # error: [path-traversal]
            t.extractall(DEST)  # error: [tar-slip] # info: [decompression-bomb]
    return jsonify(ok=True)


@bp.post("/restore2")
@admin
def restore_checked():
    up = request.files["archive"]
    name = secure_filename(up.filename)
    if not name.endswith((".tar", ".tgz")):
        abort(400)
    target = Path("/tmp") / name
    up.save(target)
    with tarfile.open(target) as t:
        t.extractall(DEST, filter="data")  # info: [decompression-bomb]
    return jsonify(ok=True)


@bp.get("/read")
@admin
def read():
    return jsonify(text=store.read(request.args.get("dir", ""), request.args.get("name", "")))


@bp.get("/read2")
@admin
def read_checked():
    return jsonify(text=store.read_checked(request.args.get("name", "")))


@bp.get("/get/<path:name>")
@admin
def get(name):
    path = safe_join("/var/lib/ops", name)
    if path is None:
        abort(404)
    return send_file(path)


@bp.delete("/<path:name>")
@admin
def remove(name):
    shutil.rmtree("/var/lib/ops/" + name)  # error: [path-traversal]
    return "", 204


@bp.post("/make")
@admin
def make():
    folder = request.form.get("folder", "home")
    cmd = "tar czf /backup/{0}.tgz /srv/{0}".format(folder)
    return jsonify(out=shell.run(cmd))  # error: [command-injection]

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
MAX_BYTES = 500_000_000


@bp.post("/restore")
@admin
def restore():
    up = request.files.get("archive")
    name = secure_filename(up.filename)
    if Path(name).suffix not in {".zip", ".tar"}:
        abort(415)
    target = Path("/tmp") / name
    up.save(target)
    if name.endswith(".zip"):
        with zipfile.ZipFile(target) as z:
            if sum(entry.file_size for entry in z.infolist()) > MAX_BYTES:
                abort(413)
            z.extractall(DEST)
    else:
        with tarfile.open(target) as t:
            if sum(member.size for member in t) > MAX_BYTES:
                abort(413)
            t.extractall(DEST, filter="data")
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
        if sum(member.size for member in t) > MAX_BYTES:
            abort(413)
        t.extractall(DEST, filter="data")
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
    base = Path("/var/lib/ops").resolve()
    victim = base.joinpath(name).resolve()
    try:
        victim.relative_to(base)
    except ValueError:
        abort(404)
    shutil.rmtree(victim)
    return "", 204


@bp.post("/make")
@admin
def make():
    folder = {"home": "home", "www": "www"}.get(request.form.get("folder"), "home")
    cmd = "tar czf /backup/{0}.tgz /srv/{0}".format(folder)
    return jsonify(out=shell.run(cmd))

from flask import Blueprint, request

from ..security.decorators import authenticated
from ..security.signatures import etag_of
from ..services.files import FileService

bp = Blueprint("files", __name__, url_prefix="/v1/files")


@bp.post("")
@authenticated
def upload_file():
    return {"path": FileService().store(request.files["file"])}, 201


@bp.get("/<path:name>")
@authenticated
def download_file(name):
    return FileService().send(name)


@bp.get("/raw")
@authenticated
def raw():
    data = FileService().read(request.args["name"])
    return data, 200, {"ETag": etag_of(data), "Content-Type": "application/octet-stream"}


@bp.post("/archive")
@authenticated
def upload_archive():
    FileService().unpack(request.files["archive"].stream)
    return "", 204


@bp.get("/<int:id>/thumbnail")
@authenticated
def thumbnail(id):
    return FileService().send(FileService().thumbnail(f"{id}.png", request.args.get("size", "200")))

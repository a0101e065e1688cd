from flask import Blueprint, request

from ..errors import ApiError
from ..extensions import database, limiter
from ..repositories.orders import OrderRepository
from ..security.decorators import scope_required
from ..services.files import FileService

bp = Blueprint("files", __name__, url_prefix="/orders/<int:order_id>/files")


@bp.get("")
@scope_required("orders:read")
def list_files(order_id):
    return {"data": FileService(database).files.of_order(order_id)}


@bp.post("")
@scope_required("orders:write")
@limiter.limit("20 per minute")
def upload_file(order_id):
    OrderRepository(database).get(order_id)
    upload = request.files.get("file")
    if not upload or not upload.filename:
        raise ApiError("Send a file.")
    file = FileService(database).store(order_id, upload)
    return {"id": file["id"], "name": file["name"], "size": file["size"]}, 201


@bp.get("/<int:id>")
@scope_required("orders:read")
def download_file(order_id, id):
    return FileService(database).send(id)


@bp.delete("/<int:id>")
@scope_required("orders:write")
def remove_file(order_id, id):
    FileService(database).remove(id)
    return "", 204

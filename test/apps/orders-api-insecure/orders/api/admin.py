import os

from flask import Blueprint, Response, request

from ..security.decorators import admin_only

bp = Blueprint("admin", __name__, url_prefix="/v1/admin")


@bp.get("/settings")
@admin_only
def settings():
    return Response('{"name": "' + request.args.get("name", "") + '"}', mimetype="text/html")  # error: [reflected-xss]


@bp.post("/backup")
@admin_only
def backup():
    os.system("pg_dump orders > /var/backups/" + request.get_json()["name"])  # error: [command-injection]
    return "", 204

import re
import shlex

import paramiko
from flask import Blueprint, abort, current_app, jsonify, request

from ops.auth import admin
from ops.utils import net, render, shell

bp = Blueprint("hosts", __name__, url_prefix="/hosts")
HOSTNAME = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)*$")


def checked_host(value):
    if not HOSTNAME.fullmatch(value or ""):
        abort(400, "bad host")
    return value


@bp.get("/ping")
@admin
def ping():
    host = checked_host(request.args.get("host"))
    return shell.run("ping -c1 " + host), 200, {"Content-Type": "text/plain"}


@bp.get("/ping2")
@admin
def ping_checked():
    host = checked_host(request.args.get("host"))
    return shell.run("ping -c1 " + host), 200, {"Content-Type": "text/plain"}


@bp.get("/dig")
@admin
def dig():
    out = shell.sh("dig +short %s %s", request.args.get("name", ""), request.args.get("type", "A"))
    return jsonify(out=out.splitlines())


@bp.get("/dig2")
@admin
def dig_quoted():
    return jsonify(out=shell.sh_quoted("dig +short %s", request.args["name"]))


@bp.get("/trace")
@admin
def trace():
    return jsonify(out=shell.run_list("/usr/bin/traceroute", "--", request.args["name"]))


@bp.get("/status")
@admin
def status():
    url = request.args.get("url")
    try:
        r = net.fetch(url)
    except Exception as exc:
        current_app.logger.warning("failed", exc_info=exc)
        return jsonify(error="failed"), 502
    return jsonify(code=r.status_code)


@bp.get("/status2")
@admin
def status_checked():
    return jsonify(code=net.fetch_checked(request.args["url"]).status_code)


@bp.post("/exec/<host>")
@admin
def execute(host):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(checked_host(host), username="ops", key_filename=current_app.config["SSH_KEY"])
    _, out, _ = client.exec_command("systemctl restart " + shlex.quote(request.form.get("unit", "")))
    return render.page("exec", output=out.read().decode(), host=host)

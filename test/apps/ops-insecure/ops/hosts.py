import re

import paramiko
from flask import Blueprint, abort, jsonify, request

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
    host = request.args.get("host")
    return shell.run("ping -c1 " + host), 200, {"Content-Type": "text/plain"}  # error: [command-injection]


@bp.get("/ping2")
@admin
def ping_checked():
    host = checked_host(request.args.get("host"))
    return shell.run("ping -c1 " + host), 200, {"Content-Type": "text/plain"}


@bp.get("/dig")
@admin
def dig():
    out = shell.sh("dig +short %s %s", request.args["name"], request.args.get("type", "A"))
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
        return jsonify(error="failed: %s" % exc), 502  # warning: [stack-trace-exposure]
    return jsonify(code=r.status_code)


@bp.get("/status2")
@admin
def status_checked():
    return jsonify(code=net.fetch_checked(request.args["url"]).status_code)


@bp.post("/exec/<host>")
@admin
def execute(host):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # warning: [ssh-host-key-unchecked]
    client.connect(checked_host(host), username="ops", password="ops-Pass-2020")  # warning: [hardcoded-password]
    _, out, _ = client.exec_command("systemctl restart " + request.form["unit"])  # error: [command-injection] # hint: [request-field-subscript]
    return render.page("exec", output=out.read().decode(), host=host)

import ast
import importlib
import json
import operator

from flask import Blueprint, Response, jsonify, request, url_for
from markupsafe import Markup, escape

from ops.auth import admin
from ops.utils import render

def matches(expr, row):
    field, op, value = expr.get("field"), expr.get("op"), expr.get("value")
    compare = {"eq": operator.eq, "lt": operator.lt}[op]
    return compare(row.get(field), value)


bp = Blueprint("tools", __name__, url_prefix="/tools")
PLUGINS = {"disk": "ops.plugins.disk", "cpu": "ops.plugins.cpu"}


@bp.post("/preview")
@admin
def preview():
    return render.text(request.form.get("template", "mail"), user="demo")


@bp.get("/panel")
@admin
def panel():
    return render.panel(request.args.get("title", "Panel"), "text")


@bp.get("/plugin/<name>")
@admin
def plugin(name):
    module = importlib.import_module(PLUGINS.get(name, PLUGINS["disk"]))
    func = module.stop if request.args.get("call") == "stop" else module.run
    return jsonify(func())


@bp.get("/plugin2/<name>")
@admin
def plugin_checked(name):
    module = importlib.import_module(PLUGINS[name])
    return jsonify(module.run())


@bp.post("/filter")
@admin
def filter_rows():
    rows = request.json["rows"]
    expr = request.json["expr"]
    return jsonify([r for r in rows if matches(expr, r)])


@bp.post("/literal")
@admin
def literal():
    return jsonify(ast.literal_eval(request.form.get("value", "")))


@bp.get("/echo")
def echo():
    data = {"q": request.args.get("q")}
    return Response(json.dumps(data), content_type="application/json; charset=utf-8")


@bp.get("/badge")
def badge():
    label = request.args.get("label", "ok")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{escape(label)}</text></svg>'
    return Response(svg, mimetype="image/svg+xml")


@bp.get("/link")
def link():
    label = request.args.get("label", "ok")
    return Markup('<a href="%s">%s</a>') % (url_for("tools.badge"), label)

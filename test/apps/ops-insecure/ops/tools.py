import ast
import importlib
import json

from flask import Blueprint, Response, jsonify, request, url_for
from markupsafe import Markup

from ops.auth import admin
from ops.utils import render

bp = Blueprint("tools", __name__, url_prefix="/tools")
PLUGINS = {"disk": "ops.plugins.disk", "cpu": "ops.plugins.cpu"}


@bp.post("/preview")
@admin
def preview():
    return render.text(request.form["template"], user="demo")  # hint: [request-field-subscript]


@bp.get("/panel")
@admin
def panel():
    return render.panel(request.args.get("title", "Panel"), "text")


@bp.get("/plugin/<name>")
@admin
def plugin(name):
    module = importlib.import_module("ops.plugins." + name)  # error: [unsafe-reflection]
    func = getattr(module, request.args.get("call", "run"))  # warning: [unsafe-reflection]
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
    code = compile(expr, "<filter>", "eval")  # error: [code-injection]
    return jsonify([r for r in rows if eval(code, {"__builtins__": {}}, {"row": r})])


@bp.post("/literal")
@admin
def literal():
    return jsonify(ast.literal_eval(request.form["value"]))  # hint: [request-field-subscript]


@bp.get("/echo")
def echo():
    data = {"q": request.args.get("q")}
    return Response(json.dumps(data), content_type="text/html")  # error: [reflected-xss]


@bp.get("/badge")
def badge():
    label = request.args.get("label", "ok")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{label}</text></svg>'
    return Response(svg, mimetype="image/svg+xml")  # error: [reflected-xss]


@bp.get("/link")
def link():
    label = request.args.get("label", "ok")
    return Markup('<a href="%s">%s</a>') % (url_for("tools.badge"), label)

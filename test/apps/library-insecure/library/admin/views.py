"""Members, imports, reports."""

from __future__ import annotations

import base64
import importlib
import pickle
import subprocess

import yaml
from flask import jsonify, make_response, redirect, render_template, request, url_for
from jinja2 import Environment, FileSystemLoader, Template

from library.admin import bp, directory
from library.decorators import librarian_required, templated
from library.models import Author, User
from library.search import list_members
from library.storage import save_logo, unpack

plain = Environment(loader=FileSystemLoader("reports"))  # error: [jinja-env-autoescape-off]


@bp.get("/members")
@librarian_required
@templated("admin/members.html")
def members():
    ids = list_members(request.args.get("order", "id"), request.args.get("direction", "asc"))
    return {"members": User.query.filter(User.id.in_(ids)).all(), "term": request.args.get("q", "")}


@bp.get("/members/formula")
@librarian_required
def formula():
    return jsonify(value=eval(request.args["expression"]))  # error: [code-injection]


@bp.post("/backup")
@librarian_required
def backup():
    target = request.form["target"]  # hint: [request-field-subscript]
    subprocess.run(f"pg_dump library > {target}", shell=True, check=True)  # error: [command-injection]
    return redirect(url_for("admin.members"))


@bp.post("/import")
@librarian_required
def import_page():
    unpack(request.files["archive"])
    return redirect(url_for("admin.members"))


@bp.post("/logo")
@librarian_required
def logo():
    save_logo()
    return plain.get_template("saved.html").render()


@bp.post("/authors/new")
@librarian_required
def new_author():
    Author(**request.form).save()  # error: [mass-assignment]
    return redirect(url_for("admin.members"))


@bp.post("/settings")
@librarian_required
def settings():
    values = yaml.load(request.files["settings"].read(), Loader=yaml.Loader)  # error: [unsafe-yaml-load]
    return jsonify(names=sorted(values))


@bp.get("/state")
@librarian_required
def state():
    saved = pickle.loads(base64.b64decode(request.cookies["state"]))  # error: [unsafe-deserialization]
    return render_template("admin/state.html", saved=saved)


@bp.get("/reports/<name>")
@librarian_required
def report(name: str):
    module = importlib.import_module(f"library.reports.{name}")  # error: [unsafe-reflection]
    return module.run()


@bp.get("/print")
@librarian_required
def print_page():
    return Template("<h1>{{ title }}</h1>").render(title=request.args.get("title"))  # warning: [direct-jinja2-rendering]


@bp.get("/staff")
@librarian_required
def staff():
    return jsonify(len(directory.find_staff(request.args["uid"])))


@bp.post("/events")
@librarian_required
def events():
    return jsonify(count=len(directory.find_events(request.get_json())))

"""Notes, kept as files."""
import os
from pathlib import Path

from flask import Flask, Response, request

app = Flask(__name__)
NOTES = os.path.join(app.root_path, "notes")
PAGES = Path(app.root_path) / "pages"


def plain(text):
    return Response(text, mimetype="text/plain")


@app.get("/note")
def note():
    name = request.args["name"]
    with open(os.path.join(NOTES, name), encoding="utf-8") as file:
        return plain(file.read())


@app.get("/pages/<path:page>")
def page(page):
    path = PAGES / page
    return plain(path.read_text())


@app.get("/lines")
def lines():
    name = request.args.get("name", "tea.txt")
    return plain(str(len(open(f"{NOTES}/{name}").readlines())))


@app.post("/delete")
def delete():
    path = os.path.join(NOTES, request.form["name"])
    if not os.path.exists(path):
        return plain("no such note"), 404
    os.remove(path)
    return plain("gone")

"""A login that leads back to where one came from."""
from urllib.parse import urljoin, urlparse

from flask import Flask, redirect, request, url_for

app = Flask(__name__)


def is_own(target):
    own = urlparse(request.host_url)
    meant = urlparse(urljoin(request.host_url, target))
    return meant.scheme in ("http", "https") and own.netloc == meant.netloc


@app.post("/login")
def login():
    target = request.args.get("next", "/")
    if not is_own(target):
        target = "/"
    return redirect(target)


@app.get("/go")
def go():
    return redirect(url_for("show", page=request.args["page"]))


@app.get("/<path:page>")
def show(page):
    return {"page": page}

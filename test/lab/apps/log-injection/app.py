"""A login that is logged."""
import logging

from flask import Flask, request

logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
app = Flask(__name__)
log = logging.getLogger(__name__)


@app.post("/login")
def login():
    name = request.form["name"]
    log.info("failed login of %s", name)
    return "Wrong name or password", 403


@app.get("/search")
def search():
    app.logger.warning(f"search for {request.args.get('q')}")
    return {"found": []}


@app.get("/visit")
def visit():
    log.info("visit from " + request.headers.get("User-Agent", "nobody"))
    return {"visit": request.args.get("page", "")}


@app.get("/page/<name>")
def page(name):
    log.info("page {}".format(name))
    return {"page": name}

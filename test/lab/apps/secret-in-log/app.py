"""A login that is logged with all that was typed."""
import logging

from flask import Flask, request

logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
app = Flask(__name__)
log = logging.getLogger(__name__)


@app.post("/login")
def login():
    password = request.form["password"]
    log.info("login of %r with %s", request.form["name"], password)
    if password != request.form["name"][::-1]:
        log.warning(f"wrong password: {password}")
        return "no", 403
    return "hello"

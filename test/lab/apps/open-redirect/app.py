"""A login that leads back to where one came from."""
from flask import Flask, redirect, request

app = Flask(__name__)


@app.post("/login")
def login():
    return redirect(request.args.get("next", "/"))


@app.get("/go")
def go():
    return redirect("/" + request.args["page"])

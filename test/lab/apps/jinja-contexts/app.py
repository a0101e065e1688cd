"""A page that puts what visitors send into every corner of HTML."""
from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/attribute")
def attribute():
    return render_template("attribute.html", q=request.args.get("q", ""), n=3)


@app.get("/handler")
def handler():
    return render_template("handler.html", name=request.args.get("name", "you"))


@app.get("/script")
def script():
    return render_template("script.html", q=request.args.get("q", ""), city=request.args.get("city", "Bonn"))


@app.get("/link")
def link():
    return render_template("link.html", site=request.args.get("site"), title="Home")


@app.get("/block")
def block():
    return render_template("block.html", text=request.args.get("text", ""))

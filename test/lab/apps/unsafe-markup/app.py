"""Pages that are put together in the code, as Markup."""
import sqlite3

from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "world")
    return Markup(f"<p class='hello'>Hello <b>{name}</b></p>")


@app.get("/percent")
def percent():
    return Markup("<p>%s is 100%% welcome, %s</p>" % (request.args["name"], request.args.get("greeting", "friend")))


@app.get("/format")
def formatted():
    row = Markup("<tr><td>{}</td><td>{count:>3}</td></tr>".format(request.args["item"], count=3))
    return Markup("<table>") + row + Markup("</table>")


@app.get("/plus")
def plus():
    page = "<h1>Results for " + request.args.get("q", "") + "</h1>"
    return str(Markup(page))


@app.get("/bare")
def bare():
    return Markup("<p>") + Markup(request.args["text"]) + Markup("</p>")

"""A guest book."""
import sqlite3

from flask import Flask, redirect, render_template, request, url_for
from markupsafe import Markup, escape

app = Flask(__name__)
SIGNATURE = "<em>The team</em>"


def connect():
    db = sqlite3.connect("guests.db", isolation_level=None)
    db.execute("CREATE TABLE IF NOT EXISTS entries (text TEXT)")
    return db


def entries():
    return [text for (text,) in connect().execute("SELECT text FROM entries ORDER BY rowid")]


@app.template_filter("stars")
def stars(count):
    return Markup("&#9733;") * int(count)


@app.context_processor
def page_parts():
    return {"signature": SIGNATURE}


@app.get("/")
def book():
    return render_template(
        "book.html", entries=entries(), visitor=request.args.get("visitor", "you")
    )


@app.post("/")
def sign():
    connect().execute("INSERT INTO entries VALUES (?)", [request.form["entry"]])
    return redirect(url_for("book"))


@app.get("/search")
def search():
    q = request.args.get("q", "")
    hits = [entry for entry in entries() if q and q in entry]
    return render_template("search.html", q=q, hits=hits, stars=len(hits))


@app.get("/card")
def card():
    lines = escape(request.args.get("text", "")).replace("\n", Markup("<br>"))
    return render_template("card.html", lines=lines, title=request.args.get("title", "Card"))

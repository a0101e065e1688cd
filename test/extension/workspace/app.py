"""A small app that the suite starts with; the other files are made by the tests themselves."""
import sqlite3

from flask import Flask, render_template, request

app = Flask(__name__)


@app.route("/books")
def books():
    title = request.args.get("title", "")
    db = sqlite3.connect("books.db")
    rows = db.execute(f"SELECT id, title FROM book WHERE title = '{title}'").fetchall()
    return render_template("books.html", rows=rows, title=title)

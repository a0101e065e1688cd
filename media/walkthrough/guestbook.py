"""A guest book with one hole: what a visitor types becomes part of the query."""
import sqlite3

from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/")
def search():
    name = request.args.get("name", "")
    db = sqlite3.connect("guests.db")
    rows = db.execute(f"SELECT message FROM guest WHERE name = '{name}'")
    return render_template_string("{% for row in rows %}<p>{{ row[0] }}</p>{% endfor %}", rows=rows.fetchall())

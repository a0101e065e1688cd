"""People, in SQLite."""
import sqlite3

from flask import Blueprint, g, jsonify, request

bp = Blueprint("people", __name__)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("people.db")
        g.db.row_factory = sqlite3.Row
    return g.db


@bp.teardown_app_request
def close_db(exception):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def seed():
    db = sqlite3.connect("people.db")
    db.executescript(
        """
        DROP TABLE IF EXISTS people;
        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT, password TEXT);
        INSERT INTO people (name, email, password) VALUES ('Ann', 'ann@example.com', 'apple-tree');
        INSERT INTO people (name, email, password) VALUES ('Bob O''Neil', 'bob@example.com', 'blue-sky');
        INSERT INTO people (name, email, password) VALUES ('Cem', 'cem@example.com', 'calm-sea');
        """
    )
    db.close()


seed()


@bp.post("/login")
def login():
    email = request.form["email"]
    password = request.form["password"]
    row = get_db().execute(
        f"SELECT name FROM people WHERE email = '{email}' AND password = '{password}'"
    ).fetchone()
    if row is None:
        return "Wrong e-mail or password", 403
    return "Hello " + row["name"], 200, {"Content-Type": "text/plain"}


@bp.get("/")
def search():
    sql = "SELECT name, email FROM people"
    term = request.args.get("q")
    if term:
        sql += " WHERE name LIKE '%" + term + "%'"
    sql += " ORDER BY name"
    return jsonify([dict(row) for row in get_db().execute(sql)])


@bp.get("/<int:number>/<field>")
def field(number, field):
    if field not in ("name", "email"):
        return "No such field", 404
    row = get_db().execute("SELECT %s FROM people WHERE id = %d" % (field, number)).fetchone()
    return jsonify(row[field] if row else None)


@bp.post("/<person>/rename")
def rename(person):
    db = get_db()
    db.execute("UPDATE people SET name = '{}' WHERE name = '{}'".format(request.form["name"], person))
    db.commit()
    return jsonify([row["name"] for row in db.execute("SELECT name FROM people ORDER BY id")])

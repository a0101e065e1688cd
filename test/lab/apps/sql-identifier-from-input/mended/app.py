"""A list that visitors sort."""
import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


def connect():
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, pin TEXT);"
        "INSERT INTO users (name, pin) VALUES ('Ann', '9000'), ('Bob', '1000');"
    )
    return db


@app.get("/users")
def users():
    columns = {"name": "name", "id": "id"}
    column = columns.get(request.args.get("sort"), "name")
    return jsonify([name for (name,) in connect().execute(f"SELECT name FROM users ORDER BY {column}")])

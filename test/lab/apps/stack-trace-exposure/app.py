"""Orders, with errors that tell too much."""
import sqlite3
import traceback

from flask import Flask, jsonify, request

app = Flask(__name__)
PASSWORD = "hidden-token"


def load(number):
    db = sqlite3.connect("file:secret-folder-of-the-shop/orders.db?mode=ro", uri=True)
    return db.execute("SELECT * FROM orders WHERE id = ?", (number,)).fetchone()


def connect(password):
    raise ConnectionError(f"cannot connect as shop with {password}")


@app.get("/order/<int:number>")
def order(number):
    if number == 0:
        return jsonify(order=None)
    try:
        return jsonify(order=load(number))
    except Exception:
        return traceback.format_exc(), 500, {"Content-Type": "text/plain"}


@app.get("/stock")
def stock():
    try:
        if request.args.get("item") == "tea":
            return jsonify(n=3)
        connect(PASSWORD)
    except ConnectionError as error:
        return jsonify(error=str(error), item=request.args.get("item")), 502

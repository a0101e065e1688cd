"""A cart that lives in a cookie."""
import base64
import json

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/cart")
def cart():
    raw = request.cookies.get("cart")
    items = json.loads(base64.b64decode(raw)) if raw else []
    return jsonify(items)


@app.post("/cart")
def add():
    response = jsonify(added=True)
    response.set_cookie("cart", base64.b64encode(json.dumps([request.form["item"]]).encode()).decode())
    return response

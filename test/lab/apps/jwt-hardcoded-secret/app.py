"""An API with tokens."""
from flask import Flask, jsonify, request

from tokens import InvalidToken, claims_of, token_for

app = Flask(__name__)


@app.post("/token")
def token():
    if request.form["password"] != "apple-tree":
        return "no", 403
    return jsonify(token=token_for("ann", "customer"))


@app.get("/me")
def me():
    try:
        return jsonify(claims_of(request.headers["X-Token"]))
    except InvalidToken:
        return "no", 401

"""An API with tokens."""
import os

import jwt
from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["JWT_KEY"] = os.environ["JWT_KEY"]


@app.post("/token")
def token():
    if request.form["password"] != "apple-tree":
        return "no", 403
    return jsonify(token=jwt.encode({"sub": "ann", "role": "customer"}, app.config["JWT_KEY"], algorithm="HS256"))


@app.get("/me")
def me():
    token = request.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, options={"verify_signature": False})
    return jsonify(claims)

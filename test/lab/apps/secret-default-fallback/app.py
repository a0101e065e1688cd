"""A shop that was never given its key."""
from flask import Flask, jsonify, session

from config import Config

app = Flask(__name__)
app.config.from_object(Config)


@app.get("/")
def home():
    session.setdefault("visits", 0)
    session["visits"] += 1
    return jsonify(visits=session["visits"], role=session.get("role", "customer"))

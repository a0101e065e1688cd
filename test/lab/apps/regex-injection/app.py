"""A search through a few texts."""
import re

from flask import Flask, jsonify, request

app = Flask(__name__)
TEXTS = ["Tea (green)", "Ink, 2.5 l", "a" * 25 + "!"]


@app.get("/search")
def search():
    q = request.args.get("q", "")
    return jsonify([text for text in TEXTS if re.search(q, text, re.IGNORECASE)])


@app.get("/words")
def words():
    pattern = re.compile(r"\b" + request.args["start"] + r"\w*")
    return jsonify([pattern.findall(text) for text in TEXTS])

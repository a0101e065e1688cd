"""Settings that visitors paste as YAML."""
import yaml
from flask import Flask, jsonify, request
from yaml import Loader

app = Flask(__name__)


@app.post("/load")
def load():
    return jsonify(yaml.load(request.data, Loader=yaml.Loader))


@app.post("/unsafe")
def unsafe():
    return jsonify(yaml.unsafe_load(request.form["settings"]))


@app.post("/all")
def load_all():
    documents = yaml.load_all(request.files["file"].stream, Loader)
    return jsonify(list(documents))


@app.post("/full")
def full():
    return jsonify(yaml.load(request.get_data(as_text=True), yaml.UnsafeLoader))

"""A calculator of sorts."""
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/total")
def total():
    price = eval(request.args.get("price", "0"))
    return jsonify(total=price * 2)


@app.post("/points")
def points():
    shape = eval(request.form["points"], {"__builtins__": {}})
    return jsonify(n=len(shape), first=shape[0])

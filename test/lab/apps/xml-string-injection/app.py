"""A shop that keeps its orders as XML."""
import xml.etree.ElementTree as ET

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/order")
def order():
    kept = ET.fromstring(f"<order><item>{request.form['item']}</item><price>20</price></order>")
    return jsonify(item=kept.findtext("item"), price=kept.findtext("price"))


@app.post("/user")
def user():
    text = '<users><user name="' + request.form["name"] + '" role="guest"/></users>'
    kept = ET.fromstring(text)[0]
    return jsonify(name=kept.get("name"), role=kept.get("role"))

"""Users, kept in XML."""
import os

from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse(os.path.join(app.root_path, "users.xml"))


@app.post("/login")
def login():
    name = request.form["name"]
    password = request.form["password"]
    users = TREE.xpath(f"//user[name='{name}' and password='{password}']")
    return (jsonify(user=users[0].findtext("name")), 200) if users else ("no", 403)


@app.get("/mail")
def mail():
    found = TREE.xpath("//user[@role='staff'][name='%s']/mail/text()" % request.args["name"])
    return jsonify([str(text) for text in found])

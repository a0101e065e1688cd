"""Users, kept in MongoDB."""
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient("mongodb://localhost/shop").shop
db.users.insert_many(
    [
        {"name": "ann", "password": "apple-tree", "team": "red"},
        {"name": "bob", "password": "blue-sky", "team": "secret"},
    ]
)


@app.post("/login")
def login():
    data = request.get_json()
    user = db.users.find_one({"name": data["name"], "password": data["password"]})
    return (jsonify(user=user["name"]), 200) if user else ("no", 403)


@app.post("/team")
def team():
    name = request.json.get("team", "red")
    return jsonify([user["name"] for user in db.users.find({"team": name})])

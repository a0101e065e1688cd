"""Accounts that visitors open."""
from flask import Flask, jsonify, request
from models import User, db

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///accounts.db"
db.init_app(app)
with app.app_context():
    db.create_all()


@app.post("/register")
def register():
    data = request.get_json()
    user = User(name=data["name"], email=data["email"])
    db.session.add(user)
    db.session.commit()
    return jsonify(name=user.name, admin=bool(user.is_admin))

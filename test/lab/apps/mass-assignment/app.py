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
    user = User(**request.get_json())
    db.session.add(user)
    db.session.commit()
    return jsonify(name=user.name, admin=bool(user.is_admin))

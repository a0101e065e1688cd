"""Accounts whose passwords are kept as they are typed."""
from flask import Flask, abort, request
from models import User, db

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///accounts.db"
db.init_app(app)
with app.app_context():
    db.create_all()


@app.post("/register")
def register():
    user = User(name=request.form["name"], password=request.form["password"])
    db.session.add(user)
    db.session.commit()
    return "welcome"


@app.post("/login")
def login():
    user = User.query.filter_by(name=request.form["name"]).first()
    if user is None or user.password != request.form["password"]:
        abort(403)
    return "hello"


@app.post("/change")
def change():
    user = User.query.filter_by(name=request.form["name"]).first_or_404()
    if user.password == request.form["old"]:
        user.password = request.form["new"]
        db.session.commit()
        return "changed"
    abort(403)

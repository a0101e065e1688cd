"""A shop with customers and an owner."""
from flask import Flask, jsonify, redirect, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

app = Flask(__name__)
app.config["SECRET_KEY"] = "tea-and-cake-2019"
serializer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="reset")
USERS = {"ann": "apple-tree"}


@app.post("/login")
def login():
    name = request.form["name"]
    if USERS.get(name) != request.form["password"]:
        return "no", 403
    session["user"] = name
    return redirect("/")


@app.get("/")
def home():
    return jsonify(user=session.get("user"), role=session.get("role", "customer"))


@app.post("/reset")
def reset():
    USERS[request.form["name"]] = USERS.get(request.form["name"], "")
    # It would go out by mail.
    app.logger.warning("reset %r", serializer.dumps("ann") if request.form["name"] == "ann" else "")
    return jsonify(sent=True)


@app.post("/reset/<token>")
def use_token(token):
    try:
        name = serializer.loads(token, max_age=3600)
    except BadSignature:
        return "no", 403
    return jsonify(reset=name)

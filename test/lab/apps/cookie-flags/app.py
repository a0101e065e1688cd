"""A login that is kept in a cookie."""
import secrets

from flask import Flask, jsonify, make_response, redirect, request

app = Flask(__name__)
SESSIONS = {}
OPTIONS = {"max_age": 3600}


@app.post("/login")
def login():
    if request.form["password"] != "apple-tree":
        return "no", 403
    token = secrets.token_urlsafe()
    SESSIONS[token] = request.form["name"]
    response = redirect("/")
    response.set_cookie("session_id", token, max_age=3600)
    return response


@app.get("/")
def home():
    return jsonify(user=SESSIONS.get(request.cookies.get("session_id")), theme=request.cookies.get("theme"))


@app.post("/token")
def token():
    response = make_response("kept")
    response.set_cookie(
        "auth_token",
        secrets.token_urlsafe(),
        httponly=False,  # the app reads it
        secure=False,
    )
    return response


@app.post("/theme")
def theme():
    response = make_response("kept")
    response.set_cookie("theme", "dark" if request.form["theme"] == "dark" else "light")
    return response

"""Accounts, kept in a file that was stolen."""
import json
from pathlib import Path

from flask import Flask, request
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
ACCOUNTS = Path("accounts.json")


def accounts():
    return json.loads(ACCOUNTS.read_text()) if ACCOUNTS.exists() else {}


@app.post("/register")
def register():
    password = request.form["password"]
    hashed = generate_password_hash(password, method="pbkdf2:sha256:100", salt_length=4)
    ACCOUNTS.write_text(json.dumps({**accounts(), request.form["name"]: hashed}))
    return "welcome"


@app.post("/login")
def login():
    hashed = accounts().get(request.form["name"], "")
    return "hello" if check_password_hash(hashed, request.form["password"]) else ("no", 403)

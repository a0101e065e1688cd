"""Runs every expanded snippet in a real Flask app: Python inside of a request, templates rendered, `.env` read.

Reads JSON from standard input: [{"name", "kind": "python" | "jinja" | "dotenv", "text"}]. Writes JSON:
[{"name", "reason"}], where the reason is null for a snippet that works.
"""

import io
import json
import os
import re
import sqlite3
import sys
from unittest import mock

import dotenv
from flask import Flask, abort, g, redirect, render_template, render_template_string, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import text
from werkzeug.exceptions import HTTPException
from werkzeug.security import generate_password_hash
from wtforms import StringField

NAMES = ["name", "q", "ids", "email", "password", "value", "data", "body", "n"]
SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, created TEXT);
INSERT INTO users (name, email) VALUES ('value', 'value');
"""


def make_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.urandom(32), SQLALCHEMY_DATABASE_URI="sqlite://", WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(app)
    LoginManager(app).user_loader(lambda _id: None)
    app.add_url_rule("/save", "save", lambda: "saved", methods=["POST"])
    app.jinja_env.globals["csp_nonce"] = lambda: "nonce"
    return app


def make_database(app):
    db = SQLAlchemy(app)

    class User(db.Model, UserMixin):
        __tablename__ = "users"
        id = db.Column(db.Integer, primary_key=True)
        name = db.Column(db.String)
        email = db.Column(db.String)

    with app.app_context():
        db.create_all()
        db.session.add(User(name="value", email="value"))
        db.session.commit()
    return db, User


def run_python(source):
    app = make_app()
    orm, user_class = make_database(app)
    plain = sqlite3.connect(":memory:")
    plain.executescript(SCHEMA)
    names = {name: "value" for name in NAMES} | {
        "app": app, "db": orm if "db.session" in source else plain, "User": user_class, "user": mock.Mock(password_hash=generate_password_hash("value")),
        "conn": mock.MagicMock(), "connection": mock.MagicMock(), "ids": [1, 2], "text": text if "text(" in source else "value",
        "os": os, "re": re, "abort": abort, "g": g, "redirect": redirect, "request": request, "session": session,
        "render_template": render_template, "url_for": url_for,
        "login_required": login_required, "current_user": current_user,
    }  # fmt: skip
    code = compile(source, "<snippet>", "exec", dont_inherit=True)
    # The app is set up before its first request, a view runs during one: what a snippet does not need is harmless.
    with app.test_request_context("/", method="POST", data={name: "value" for name in NAMES}):
        try:
            exec(code, names)
        except HTTPException:
            pass  # It refuses the input: that is what it is for.
    answer = app.test_client().get("/")
    if answer.status_code not in (302, 404):
        raise AssertionError(f"the app answers {answer.status}")


def render(source):
    app = make_app()
    form_class = type("Form", (FlaskForm,), {"name": StringField("Name")})
    attack = "</script><script>alert(1)</script>\" onclick='alert(1)'"
    with app.test_request_context("/", method="POST", data={"name": attack}):
        g.csp_nonce = "nonce"
        page = render_template_string(source, form=form_class(), **{name: attack for name in NAMES})
    if "<script>alert(1)" in page or "\" onclick='" in page:
        raise AssertionError("the page is open to scripts")


def read_settings(source):
    for key, value in dotenv.dotenv_values(stream=io.StringIO(source)).items():
        if value is None:
            raise AssertionError(f"{key} is no setting")


RUNNERS = {"python": run_python, "jinja": render, "dotenv": read_settings}


def reason_against(case):
    try:
        RUNNERS[case["kind"]](case["text"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def main():
    os.environ["SECRET_KEY"] = os.urandom(32).hex()
    answers, output = [], sys.stdout
    sys.stdout = io.StringIO()
    for case in json.load(sys.stdin):
        answers.append({"name": case["name"], "reason": reason_against(case)})
    json.dump(answers, output)


if __name__ == "__main__":
    main()

"""Profiles, in templates that are named after the engine."""
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/profile/<name>")
def profile(name):
    return render_template("profile.jinja", name=name)


@app.get("/note/<name>")
def note(name):
    return render_template("note.txt", name=name)

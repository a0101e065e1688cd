"""A note that everybody may change; nobody has thought of a key."""
from flask import Flask, redirect, render_template, request

app = Flask(__name__)
NOTES = ["first"]


@app.get("/")
def home():
    return render_template("home.html", notes=NOTES)


@app.post("/note")
def note():
    NOTES.append(request.form["text"])
    return redirect("/")

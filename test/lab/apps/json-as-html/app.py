"""An API that sends JSON as if it were a page."""
import json

from flask import Flask, request

app = Flask(__name__)
NOTES = ["tea"]


@app.get("/notes")
def notes():
    return json.dumps({"notes": NOTES, "q": request.args.get("q", "")})


@app.get("/note/<int:number>")
def note(number):
    if number >= len(NOTES):
        return json.dumps({"error": f"no note {number}"}), 404
    return json.dumps(NOTES[number])

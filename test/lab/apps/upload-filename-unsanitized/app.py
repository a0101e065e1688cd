"""Pictures that visitors bring along."""
import os

from flask import Flask, request

app = Flask(__name__)
app.config["UPLOADS"] = os.path.join(app.root_path, "uploads")
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024


@app.post("/upload")
def upload():
    picture = request.files["picture"]
    picture.save(os.path.join(app.config["UPLOADS"], picture.filename))
    return {"kept": sorted(os.listdir(app.config["UPLOADS"]))}


@app.post("/many")
def many():
    for file in request.files.getlist("files"):
        file.save(f"{app.config['UPLOADS']}/{file.filename}")
    return {"kept": len(os.listdir(app.config["UPLOADS"]))}

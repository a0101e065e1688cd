"""Albums to look at."""
import os

from flask import Flask, request, send_from_directory

app = Flask(__name__)
ALBUMS = os.path.join(app.root_path, "albums")


@app.get("/photo")
def photo():
    return send_from_directory(os.path.join(ALBUMS, request.args["album"]), "a.txt")

"""A preview of other sites."""
import os

import requests
from flask import Flask, Response, request

app = Flask(__name__)
FEED = os.environ["INNER_URL"] + "/public/feed"


@app.get("/preview")
def preview():
    answer = requests.get(request.args.get("url", FEED), timeout=5)
    return Response(answer.text, mimetype="text/plain")

"""A preview of other sites."""
import os

import requests
from flask import Flask, Response, abort, request

app = Flask(__name__)
FEED = os.environ["INNER_URL"] + "/public/feed"
ALLOWED = {FEED: FEED, "news": FEED}


@app.get("/preview")
def preview():
    url = ALLOWED.get(request.args.get("url", FEED))
    if url is None:
        abort(404)
    answer = requests.get(url, timeout=5)
    return Response(answer.text, mimetype="text/plain")

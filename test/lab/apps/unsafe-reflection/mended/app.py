"""Exports in formats that are chosen by name."""
import html
import json

from flask import Flask, Response, abort, request

app = Flask(__name__)
FORMATS = {("json", "dumps"): json.dumps, ("html", "escape"): html.escape}


@app.get("/export")
def export():
    run = FORMATS.get((request.args.get("module", "json"), request.args.get("function", "dumps")))
    if run is None:
        abort(404)
    return Response(str(run(request.args.get("text", ""))), mimetype="text/plain")

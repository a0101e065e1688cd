"""Exports in formats that are chosen by name."""
import importlib

from flask import Flask, Response, request

app = Flask(__name__)


@app.get("/export")
def export():
    module = importlib.import_module(request.args.get("module", "json"))
    run = getattr(module, request.args.get("function", "dumps"))
    return Response(str(run(request.args.get("text", ""))), mimetype="text/plain")

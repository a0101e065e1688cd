"""Prices of other shops, asked for over HTTPS."""
import os
import ssl
import urllib.error
import urllib.request

import requests
from flask import Flask, Response, request

app = Flask(__name__)
# The network between here and the far shop is not ours.
SHOPS = {"near": os.environ["GENUINE_URL"], "far": os.environ["IMPOSTOR_URL"]}
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
session = requests.Session()
OPTIONS = {"timeout": 5}


def plain(text, status=200):
    return Response(text, status=status, mimetype="text/plain")


def shop():
    return SHOPS["far" if request.args.get("shop") == "far" else "near"]


@app.get("/call")
def call():
    try:
        return plain(requests.get(shop() + "/price", verify=False, timeout=5).text)
    except requests.RequestException:
        return plain("the shop does not answer", 502)


@app.get("/session")
def by_session():
    try:
        return plain(session.get(shop() + "/price", verify=False, **OPTIONS).text)
    except requests.RequestException:
        return plain("the shop does not answer", 502)


@app.get("/context")
def by_context():
    try:
        with urllib.request.urlopen(shop() + "/price", context=context, timeout=5) as answer:
            return plain(answer.read().decode())
    except urllib.error.URLError:
        return plain("the shop does not answer", 502)

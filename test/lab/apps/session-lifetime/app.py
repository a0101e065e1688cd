"""Links in mails that set a new password."""
import os

from flask import Flask, jsonify, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


def serializer():
    return URLSafeTimedSerializer(app.config["SECRET_KEY"])


@app.get("/mail")
def mail():
    return jsonify(token=serializer().dumps(request.args["name"], salt="reset"))


@app.get("/reset")
def reset():
    try:
        name = serializer().loads(request.args["token"], salt="reset")
    except BadSignature:
        return jsonify(error="this link is not valid"), 400
    return jsonify(name=name)

"""An API for the shop's own pages."""
from flask import Flask, jsonify, request
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins="*", supports_credentials=True)


@app.get("/me")
def me():
    return jsonify(user=request.cookies.get("user"))

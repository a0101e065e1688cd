"""A guest book with a policy that lets everything run."""
from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.after_request
def policy(response):
    response.headers["Content-Security-Policy"] = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    return response


@app.get("/")
def home():
    return f"<h1>Hello {escape(request.args.get('name', 'you'))}</h1>"

"""A page with a style sheet beside the code."""
from flask import Flask

app = Flask(__name__, static_folder="static", static_url_path="")
PIN = "hidden-token"


@app.get("/")
def home():
    return '<link rel="stylesheet" href="/style.css"><h1>Shop</h1>'

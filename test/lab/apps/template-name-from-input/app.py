"""Pages that are chosen by name."""
from flask import Flask, render_template, request

app = Flask(__name__)


@app.get("/page")
def page():
    return render_template(request.args.get("page", "pages/home.html"))

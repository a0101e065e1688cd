"""Pages that are chosen by name."""
from flask import Flask, abort, render_template, request

app = Flask(__name__)
PAGES = {"pages/home.html": "pages/home.html"}


@app.get("/page")
def page():
    template = PAGES.get(request.args.get("page", "pages/home.html"))
    if template is None:
        abort(404)
    return render_template(template)

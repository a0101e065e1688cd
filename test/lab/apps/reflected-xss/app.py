"""Views that answer with a text of their own making."""
from flask import Flask, Response, abort, make_response, request

app = Flask(__name__)
PAGE = """<!doctype html>
<title>Shop</title>
<h1>{heading}</h1>
<p>{text}</p>
"""


@app.get("/hello/<name>")
def hello(name):
    return f"<h1>Hello {name}</h1>"


@app.get("/search")
def search():
    q = request.args.get("q", "")
    if not q:
        return "Nothing to search for", 400
    return "<p>No result for <b>" + q + "</b></p>"


@app.get("/page")
def page():
    return PAGE.format(heading=request.args.get("heading", "Shop"), text="Open from 9 to 5")


@app.get("/response")
def response():
    answer = make_response("<p>Sort by %s</p>" % request.args.get("sort", "name"))
    answer.headers["X-Shop"] = "1"
    return answer


@app.get("/error")
def error():
    return Response("Unknown language: " + request.args["lang"], status=404)


@app.get("/plain")
def plain():
    return Response(request.args["text"], mimetype="text/plain")


@app.errorhandler(404)
def not_found(exception):
    return f"<p>There is no {request.path} here</p>", 404

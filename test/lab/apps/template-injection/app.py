"""Templates that are put together from what visitors send."""
from flask import Flask, render_template_string, request

app = Flask(__name__)
app.config["API_KEY"] = "key-of-the-shop"


@app.get("/hello")
def hello():
    name = request.args.get("name", "World")
    return render_template_string(f"<h1>Hello {name}!</h1>")


@app.get("/percent")
def percent():
    template = "<p>{{ total }} items for %s</p>" % request.args["who"]
    return render_template_string(template, total=3)


@app.get("/format")
def formatted():
    return render_template_string("<p>{}, {shop}</p>".format(request.args["who"], shop="the shop"))


@app.get("/plus")
def plus():
    who = request.args["who"]
    return render_template_string("{% if total %}<b>" + who + "</b>{% endif %}", total=1)


@app.errorhandler(404)
def not_found(exception):
    return render_template_string("<p>No page " + request.path + "</p>"), 404

"""Pages that are not made by Flask's own Jinja."""
from flask import Flask, request
from jinja2 import Environment, FileSystemLoader, Template

app = Flask(__name__)
env = Environment(loader=FileSystemLoader("pages"), trim_blocks=True)
HELLO = "<h1>Hello {{ name }}</h1>"


@app.get("/page")
def page():
    return env.get_template("page.html").render(title="Shop", name=request.args.get("name"))


@app.get("/hello/<name>")
def hello(name):
    return Template(HELLO).render(name=name)

from flask import render_template, render_template_string
from jinja2 import Environment
from jinja2.sandbox import SandboxedEnvironment

plain = Environment(autoescape=True)
sandbox = SandboxedEnvironment(autoescape=True)
TEMPLATES = {"mail": "Hello {{ user }}", "sms": "Hi {{ user }}"}


def page(name, **ctx):
    return render_template(name + ".html", **ctx)


def text(source, **ctx):
    return sandbox.from_string(TEMPLATES[source]).render(**ctx)


def safe_text(source, **ctx):
    return sandbox.from_string(source).render(**ctx)


def panel(title, body):
    return render_template_string("<section><h2>{{ title }}</h2>{{ body }}</section>", title=title, body=body)

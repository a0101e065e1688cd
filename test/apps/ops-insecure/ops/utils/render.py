from flask import render_template, render_template_string
from jinja2 import Environment
from jinja2.sandbox import SandboxedEnvironment

plain = Environment()  # warning: [jinja-env-autoescape-off]
sandbox = SandboxedEnvironment(autoescape=True)


def page(name, **ctx):
    return render_template(name + ".html", **ctx)


def text(source, **ctx):
    return plain.from_string(source).render(**ctx)  # error: [template-injection]


def safe_text(source, **ctx):
    return sandbox.from_string(source).render(**ctx)


def panel(title, body):
    return render_template_string("<section><h2>" + title + "</h2>{{ body }}</section>", body=body)  # error: [template-injection]

import re
from datetime import date, datetime

import bleach
import markdown
from flask import request, url_for
from markupsafe import Markup, escape

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "code", "pre", "a", "blockquote", "h2", "h3"}
ATTRIBUTES = {"a": ["href", "title"]}


def render_markdown(text):
    html = markdown.markdown(text or "")
    return Markup(bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https", "mailto"}))


def paragraphs(text):
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in re.split(r"\n{2,}", text or ""))


def highlight(text, words):
    """Marks ``words`` in ``text``."""
    if not words:
        return text
    pattern = re.compile(re.escape(str(escape(words))), re.IGNORECASE)
    return Markup(pattern.sub(lambda match: f"<mark>{match.group()}</mark>", str(escape(text))))


def nl2br(text):
    return Markup("<br>\n").join(escape(line) for line in str(text).splitlines())


def day(value):
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.date()
    return value.strftime("%d %b %Y") if isinstance(value, date) else str(value)


def badge(state):
    colors = {"available": "green", "lent": "orange", "broken": "red"}
    return Markup('<span class="badge {}">{}</span>').format(colors.get(state, "gray"), state)


def page_url(number):
    args = request.args.to_dict()
    args["page"] = number
    return url_for(request.endpoint, **{**(request.view_args or {}), **args})


def init_app(app):
    app.add_template_filter(render_markdown, "markdown")
    app.add_template_filter(paragraphs)
    app.add_template_filter(highlight)
    app.add_template_filter(nl2br)
    app.add_template_filter(day)
    app.add_template_filter(badge)
    app.add_template_global(page_url)

"""Filters and globals of the templates."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone

import markdown
import nh3
from flask import Flask, url_for
from flask_babel import format_date, ngettext
from markupsafe import Markup, escape

ALLOWED_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}}


def render_markdown(text: str | None) -> Markup:
    """Markdown of members as HTML that cannot do harm."""
    html = markdown.markdown(text or "", extensions=["sane_lists"])
    return Markup(nh3.clean(html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes={"https"}))


def highlight(text: str, term: str | None) -> Markup:
    """Marks the term that was searched for."""
    escaped = escape(text)
    if not term:
        return escaped
    pattern = re.compile(re.escape(str(escape(term))), re.IGNORECASE)
    return Markup(pattern.sub(lambda match: f"<mark>{match.group(0)}</mark>", str(escaped)))


def nl2br(value: str) -> Markup:
    return Markup("<br>\n").join(escape(value).splitlines())


def due_label(due: date) -> Markup:
    days = (due - datetime.now(timezone.utc).date()).days
    kind = "late" if days < 0 else "soon" if days <= 3 else "fine"
    return Markup('<span class="due due-{}">{}</span>').format(kind, format_date(due))


def copies_label(count: int) -> str:
    return ngettext("%(num)d copy", "%(num)d copies", count)


def icon(name: str, label: str = "") -> Markup:
    sprite = url_for("static", filename="icons.svg")
    return Markup('<svg class="icon" aria-label="{}"><use href="{}#{}"></use></svg>').format(label, sprite, name)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        markdown=render_markdown, highlight=highlight, nl2br=nl2br, due=due_label, copies=copies_label
    )
    app.jinja_env.globals["icon"] = icon
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

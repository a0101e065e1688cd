"""Filters of the templates."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup, escape


def highlight(text: str, term: str | None) -> Markup:
    """Marks the term, and forgets to escape."""
    if not term:
        return escape(text)
    marked = re.sub(term, "<mark>\\g<0></mark>", text, flags=re.IGNORECASE)  # missing: [regex-injection] sinks in a filter are not followed from the template that calls it
    return Markup(marked)  # info: [unsafe-markup]


def badge(label: str) -> Markup:
    return Markup(f'<span class="badge">{label}</span>')  # info: [unsafe-markup]


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(highlight=highlight, badge=badge)

"""Error pages."""

from __future__ import annotations

from flask import Flask, current_app, make_response, render_template, request


def init_app(app: Flask) -> None:
    app.register_error_handler(404, handle_missing)
    app.register_error_handler(403, handle_forbidden)


def handle_missing(error):
    current_app.logger.warning("no such page: %s", request.args.get("from"))  # info: [log-injection]
    page = f"<h1>404</h1><p>There is no {request.args.get('from', 'page')}.</p>"
    return make_response(page, 404)  # error: [reflected-xss]


def handle_forbidden(error):
    return render_template("errors/403.html", wanted=request.args.get("wanted")), 403

"""Error pages, and the same errors as JSON below /api."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from library.extensions import db
from library.logs import one_line

TEMPLATES = {403: "errors/403.html", 404: "errors/404.html", 413: "errors/413.html"}


class LibraryError(Exception):
    """A rule of the house was broken; the message is meant for the member."""

    status_code = 409

    def __init__(self, message: str, status_code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        if status_code is not None:
            self.status_code = status_code


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(CSRFError, handle_csrf_error)
    app.register_error_handler(LibraryError, handle_library_error)
    app.register_error_handler(Exception, handle_unexpected_error)


def handle_http_error(error: HTTPException):
    if wants_json():
        return jsonify(error=error.name, description=error.description), error.code
    template = TEMPLATES.get(error.code, "errors/generic.html")
    return render_template(template, error=error), error.code


def handle_csrf_error(error: CSRFError):
    current_app.logger.warning("csrf: %s at %s", error.description, one_line(request.path))
    return render_template("errors/csrf.html", reason=error.description), 400


def handle_library_error(error: LibraryError):
    if wants_json():
        return jsonify(error=error.message), error.status_code
    return render_template("errors/rule.html", message=error.message), error.status_code


def handle_unexpected_error(error: Exception):
    db.session.rollback()
    current_app.logger.exception("unexpected error at %s", one_line(request.path))
    if wants_json():
        return jsonify(error="Internal Server Error"), 500
    return render_template("errors/500.html"), 500

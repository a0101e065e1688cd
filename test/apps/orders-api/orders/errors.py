"""Problems as RFC 9457 describes them."""

from __future__ import annotations

import logging

from flask import Flask, g, jsonify, request
from marshmallow import ValidationError
from psycopg import OperationalError
from psycopg.errors import UniqueViolation
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)


class ApiError(Exception):
    status = 400
    title = "Bad request"

    def __init__(self, detail: str | None = None, **extra):
        super().__init__(detail or self.title)
        self.detail = detail
        self.extra = extra


class NotFound(ApiError):
    status = 404
    title = "Not found"


class Forbidden(ApiError):
    status = 403
    title = "Forbidden"


class Unauthorized(ApiError):
    status = 401
    title = "Unauthorized"


class Conflict(ApiError):
    status = 409
    title = "Conflict"


class ServiceUnavailable(ApiError):
    status = 503
    title = "A service that we need does not answer"


def problem(status: int, title: str, detail: str | None = None, **extra):
    body = {"status": status, "title": title, "instance": request.path, "requestId": g.get("request_id")}
    if detail:
        body["detail"] = detail
    body.update(extra)
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def register(app: Flask) -> None:
    @app.errorhandler(ApiError)
    def on_api_error(error: ApiError):
        return problem(error.status, error.title, error.detail, **error.extra)

    @app.errorhandler(ValidationError)
    def on_validation_error(error: ValidationError):
        return problem(422, "The request is not valid", errors=error.normalized_messages())

    @app.errorhandler(UniqueViolation)
    def on_unique_violation(error):
        log.info("duplicate in %s", error.diag.constraint_name)
        return problem(409, "Conflict", "There is one like this already.")

    @app.errorhandler(OperationalError)
    def on_database_down(error):
        log.error("database: %s", error)
        return problem(503, "The database does not answer")

    @app.errorhandler(HTTPException)
    def on_http_error(error: HTTPException):
        return problem(error.code, error.name, error.description)

    @app.errorhandler(Exception)
    def on_bug(error):
        log.exception("unhandled error")
        return problem(500, "Internal error")

"""Logging: one line per event, with the id of the request and of the member."""

from __future__ import annotations

import logging
import time
import uuid
from logging.config import dictConfig

from flask import Flask, g, has_request_context, request
from flask_login import current_user

access_log = logging.getLogger("library.access")


class RequestContextFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


class OneLineFormatter(logging.Formatter):
    """Keeps a message on its line, whatever it contains."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def one_line(value: object, limit: int = 200) -> str:
    """For values from outside that are written to a log."""
    text = str(value)[:limit]
    return text.replace("\r", " ").replace("\n", " ")


def init_app(app: Flask) -> None:
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request": {"()": RequestContextFilter}},
            "formatters": {
                "line": {
                    "()": OneLineFormatter,
                    "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
                }
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": "line"}
            },
            "root": {"level": "DEBUG" if app.debug else "INFO", "handlers": ["stderr"]},
        }
    )

    @app.before_request
    def start() -> None:
        g.request_id = uuid.uuid4().hex
        g.started = time.perf_counter()

    @app.after_request
    def finish(response):
        response.headers["X-Request-ID"] = g.request_id
        elapsed = (time.perf_counter() - g.started) * 1000
        access_log.info(
            "%s %s %s %.1fms user=%s agent=%s",
            request.method,
            one_line(request.path),
            response.status_code,
            elapsed,
            current_user.get_id() or "-",
            one_line(request.headers.get("User-Agent", "-")),
        )
        return response

from __future__ import annotations

import json
import logging
from logging.config import dictConfig

from flask import Flask, g, has_request_context, request

FIELDS = ("method", "path", "remote", "request_id")


class RequestFilter(logging.Filter):
    """Adds what is known about the request to every record."""

    def filter(self, record):
        if has_request_context():
            record.method = request.method
            record.path = request.path
            record.remote = request.remote_addr
            record.request_id = g.get("request_id", "-")
        else:
            for name in FIELDS:
                setattr(record, name, "-")
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record):
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry.update((name, getattr(record, name, "-")) for name in FIELDS)
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def configure(app: Flask) -> None:
    dictConfig({
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": RequestFilter}},
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
                "filters": ["request"],
            },
        },
        "root": {"level": app.config.get("LOG_LEVEL", "INFO"), "handlers": ["stdout"]},
    })

from __future__ import annotations

from functools import wraps

from flask import request
from marshmallow import EXCLUDE, RAISE, Schema


class ApiSchema(Schema):
    """Unknown fields are refused in bodies."""

    class Meta:
        unknown = RAISE
        ordered = True


class QuerySchema(Schema):
    """Unknown arguments of the query are left out."""

    class Meta:
        unknown = EXCLUDE


def with_body(schema: type[Schema], **options):
    """Hands the validated body to the view as ``body``."""

    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            kwargs["body"] = schema(**options).load(request.get_json())
            return view(*args, **kwargs)

        return wrapper

    return decorate


def with_query(schema: type[Schema]):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            return view(*args, query=schema().load(request.args), **kwargs)

        return wrapper

    return decorate

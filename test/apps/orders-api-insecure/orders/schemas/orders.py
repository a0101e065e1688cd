from functools import wraps

from flask import request
from marshmallow import INCLUDE, Schema, fields


class OrderSchema(Schema):
    class Meta:
        unknown = INCLUDE

    customer_id = fields.Integer(required=True)
    note = fields.String()


class SearchSchema(Schema):
    q = fields.String()
    state = fields.String()
    sort = fields.String()
    customer = fields.String()
    page = fields.Integer()


class CredentialsSchema(Schema):
    email = fields.Email(required=True)
    password = fields.String(required=True)


class WebhookSchema(Schema):
    url = fields.URL(required=True)
    carrier = fields.String()


def with_body(schema):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            kwargs["body"] = schema().load(request.get_json())
            return view(*args, **kwargs)

        return wrapper

    return decorate


def with_query(schema):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            return view(*args, query=schema().load(request.args), **kwargs)

        return wrapper

    return decorate

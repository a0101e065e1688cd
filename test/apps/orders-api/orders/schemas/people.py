from __future__ import annotations

from marshmallow import fields, validate

from ..repositories.users import SCOPES
from ..repositories.webhooks import EVENTS
from .base import ApiSchema, QuerySchema


class CredentialsSchema(ApiSchema):
    email = fields.Email(required=True)
    password = fields.String(required=True, load_only=True)


class RefreshSchema(ApiSchema):
    refresh_token = fields.String(required=True)


class NewPasswordSchema(ApiSchema):
    current = fields.String(required=True, load_only=True)
    new = fields.String(required=True, load_only=True, validate=validate.Length(min=12, max=200))


class UserSchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    email = fields.Email(required=True)
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=12))
    role = fields.String(required=True, validate=validate.OneOf(list(SCOPES)))
    is_active = fields.Boolean(dump_only=True)


class UserChangeSchema(ApiSchema):
    role = fields.String(validate=validate.OneOf(list(SCOPES)))
    is_active = fields.Boolean()


class ApiKeySchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True, validate=validate.Length(max=80))
    scopes = fields.List(fields.String(), required=True)


class CustomerSchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True, validate=validate.Length(max=200))
    email = fields.Email(required=True)
    phone = fields.String(load_default=None, validate=validate.Regexp(r"^\+?[0-9 ]{5,20}$"))
    address = fields.String(load_default=None)
    language = fields.String(load_default="en", validate=validate.OneOf(["en", "de", "fr"]))


class CustomerQuery(QuerySchema):
    q = fields.String(load_default=None)


class WebhookSchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    url = fields.URL(required=True, schemes={"https"}, require_tld=True)
    events = fields.List(fields.String(validate=validate.OneOf(EVENTS)), required=True)
    failures = fields.Integer(dump_only=True)

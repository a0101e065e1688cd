from __future__ import annotations

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from .base import ApiSchema, QuerySchema

STATES = ("new", "paid", "packed", "shipped", "cancelled")


class AddressSchema(ApiSchema):
    name = fields.String(required=True, validate=validate.Length(max=120))
    street = fields.String(required=True, validate=validate.Length(max=200))
    city = fields.String(required=True, validate=validate.Length(max=100))
    postcode = fields.String(required=True, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9 -]{1,9}$"))
    country = fields.String(required=True, validate=validate.Length(equal=2))


class OrderLineSchema(ApiSchema):
    sku = fields.String(required=True, validate=validate.Length(max=40))
    quantity = fields.Integer(required=True, validate=validate.Range(min=1, max=1000))
    name = fields.String(dump_only=True)
    price = fields.Decimal(dump_only=True, as_string=True)


class OrderSchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    state = fields.String(dump_only=True)
    total = fields.Decimal(dump_only=True, as_string=True)
    currency = fields.String(load_default="EUR", validate=validate.OneOf(["EUR", "CHF", "GBP"]))
    customer_id = fields.Integer(required=True, load_only=True)
    customer = fields.String(dump_only=True)
    note = fields.String(load_default="", validate=validate.Length(max=2000))
    shipping_address = fields.Nested(AddressSchema, required=True)
    lines = fields.List(fields.Nested(OrderLineSchema), required=True, validate=validate.Length(min=1, max=100))
    tracking_code = fields.String(dump_only=True)
    created_at = fields.AwareDateTime(dump_only=True)

    @post_load
    def strip_note(self, data, **kwargs):
        data["note"] = data["note"].strip()
        return data


class OrderQuery(QuerySchema):
    q = fields.String(load_default=None, validate=validate.Length(max=100))
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    sort = fields.String(load_default=None)

    @validates_schema
    def check_dates(self, data, **kwargs):
        if data["since"] and data["until"] and data["since"] > data["until"]:
            raise ValidationError("until is before since", "until")


class ShipmentSchema(ApiSchema):
    carrier = fields.String(required=True, validate=validate.OneOf(["post", "bike", "freight"]))
    weight = fields.Decimal(required=True, validate=validate.Range(min=0))

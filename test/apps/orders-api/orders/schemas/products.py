from marshmallow import fields, validate

from .base import ApiSchema, QuerySchema


class ProductSchema(ApiSchema):
    id = fields.Integer(dump_only=True)
    sku = fields.String(required=True, validate=validate.Regexp(r"^[A-Z0-9-]{3,40}$"))
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    description = fields.String(load_default="")
    price = fields.Decimal(required=True, as_string=True, validate=validate.Range(min=0))
    currency = fields.String(load_default="EUR")
    stock = fields.Integer(load_default=0)
    is_active = fields.Boolean(load_default=True)


class ProductQuery(QuerySchema):
    q = fields.String(load_default=None)
    sort = fields.String(load_default=None)
    inactive = fields.Boolean(load_default=False)

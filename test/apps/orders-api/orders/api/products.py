from flask import Blueprint, abort, request
from marshmallow import ValidationError

from ..extensions import cache, database
from ..pagination import page_args
from ..repositories.products import ProductRepository
from ..schemas.base import with_body, with_query
from ..schemas.products import ProductQuery, ProductSchema
from ..security.decorators import scope_required
from ..services.csvs import read_products

bp = Blueprint("products", __name__, url_prefix="/products")
schema = ProductSchema()


@bp.get("")
@scope_required("products:read")
@cache.cached(query_string=True)
@with_query(ProductQuery)
def list_products(query):
    page, size = page_args()
    products = ProductRepository(database)
    found = products.search(query["q"], only_active=not query["inactive"], sort=query["sort"], page=page, size=size)
    return found.dump(schema)


@bp.get("/<int:id>")
@scope_required("products:read")
def show_product(id):
    return schema.dump(ProductRepository(database).get(id))


@bp.post("")
@scope_required("products:write")
@with_body(ProductSchema)
def create_product(body):
    return schema.dump(ProductRepository(database).insert(body)), 201


@bp.patch("/<int:id>")
@scope_required("products:write")
@with_body(ProductSchema, partial=True)
def change_product(id, body):
    return schema.dump(ProductRepository(database).update(id, body))


@bp.post("/import")
@scope_required("products:write")
def import_products():
    upload = request.files.get("file")
    if upload is None or not upload.filename.lower().endswith(".csv"):
        abort(400, "Send a CSV file.")
    products = ProductRepository(database)
    imported, errors = 0, []
    with database.transaction():
        for number, row in enumerate(read_products(upload.stream), start=2):
            try:
                products.upsert(schema.load(row))
                imported += 1
            except ValidationError as error:
                errors.append({"line": number, "errors": error.messages})
    return {"imported": imported, "errors": errors}

from flask import Blueprint

from ..extensions import database
from ..pagination import page_args
from ..repositories.customers import CustomerRepository
from ..schemas.base import with_body, with_query
from ..schemas.people import CustomerQuery, CustomerSchema
from ..security.decorators import scope_required

bp = Blueprint("customers", __name__, url_prefix="/customers")
schema = CustomerSchema()


def repository() -> CustomerRepository:
    return CustomerRepository(database)


@bp.get("")
@scope_required("customers:read")
@with_query(CustomerQuery)
def list_customers(query):
    return repository().search(query["q"], *page_args()).dump(schema)


@bp.post("")
@scope_required("customers:write")
@with_body(CustomerSchema)
def create_customer(body):
    return schema.dump(repository().insert(body)), 201


@bp.get("/<int:id>")
@scope_required("customers:read")
def show_customer(id):
    return schema.dump(repository().get(id))


@bp.put("/<int:id>")
@scope_required("customers:write")
@with_body(CustomerSchema)
def change_customer(id, body):
    return schema.dump(repository().update(id, body))


@bp.delete("/<int:id>")
@scope_required("customers:write")
def forget_customer(id):
    repository().anonymize(id)
    return "", 204

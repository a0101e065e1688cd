from types import SimpleNamespace

from flask import Blueprint, jsonify, request

from ..db.pool import database
from ..mail import confirm, thank
from ..repositories.orders import OrderRepository
from ..schemas.orders import OrderSchema, SearchSchema, with_body, with_query
from ..security.decorators import authenticated

bp = Blueprint("orders", __name__, url_prefix="/v1/orders")


class Order(SimpleNamespace):
    pass


@bp.get("")
@authenticated
@with_query(SearchSchema)
def list_orders(query):
    return jsonify(OrderRepository(database).search(query["q"], query.get("state")))


@bp.get("/sorted")
@authenticated
@with_query(SearchSchema)
def sorted_orders(query):
    return jsonify(OrderRepository(database).sorted(query["sort"]))


@bp.get("/customer/<name>")
@authenticated
def of_customer(name):
    return jsonify(OrderRepository(database).of_customer(name))


@bp.post("")
@authenticated
@with_body(OrderSchema)
def create_order(body):
    order = OrderRepository(database).insert(body)
    confirm(order, "customer@example.com")
    thank("customer@example.com", body["note"])
    return {"id": order["id"]}, 201


@bp.patch("/<int:id>")
@authenticated
def change_order(id):
    order = Order(**OrderRepository(database).get(id))
    for name, value in request.get_json().items():
        setattr(order, name, value)  # error: [mass-assignment]
    return vars(order)


@bp.get("/<int:id>/note")
@authenticated
def note(id):
    return "<p>" + request.args.get("prefix", "") + str(id) + "</p>"  # error: [reflected-xss]


@bp.get("/batch")
@authenticated
def batch():
    ids = [int(id) for id in request.args["ids"].split(",")]
    return jsonify(OrderRepository(database).by_ids(ids))

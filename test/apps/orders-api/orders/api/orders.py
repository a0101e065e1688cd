from flask import Blueprint, jsonify, request, url_for

from ..extensions import database
from ..pagination import cursor_link, decode_cursor, encode_cursor, page_args
from ..schemas.base import with_body, with_query
from ..schemas.orders import OrderQuery, OrderSchema, ShipmentSchema
from ..security.decorators import scope_required
from ..services.orders import OrderService

bp = Blueprint("orders", __name__, url_prefix="/orders")
order_schema = OrderSchema()


@bp.get("")
@scope_required("orders:read")
@with_query(OrderQuery)
def list_orders(query):
    page, size = page_args()
    found = OrderService(database).orders.search(
        words=query["q"],
        state=query["state"],
        since=query["since"],
        until=query["until"],
        sort=query["sort"],
        page=page,
        size=size,
    )
    return found.dump(order_schema)


@bp.get("/stream")
@scope_required("orders:read")
def stream_orders():
    cursor = decode_cursor(request.args.get("cursor"))
    items = OrderService(database).orders.after(int(cursor.get("id", 0)), 500)
    body = {"data": order_schema.dump(items, many=True)}
    if items:
        body["next"] = cursor_link("orders.stream_orders", encode_cursor({"id": items[-1]["id"]}))
    return jsonify(body)


@bp.post("")
@scope_required("orders:write")
@with_body(OrderSchema)
def create_order(body):
    order = OrderService(database).create(body)
    location = url_for("orders.show_order", id=order["id"])
    return order_schema.dump(order), 201, {"Location": location}


@bp.get("/<int:id>")
@scope_required("orders:read")
def show_order(id):
    return order_schema.dump(OrderService(database).details(id))


@bp.post("/<int:id>/payment")
@scope_required("orders:write")
def pay_order(id):
    key = request.headers.get("Idempotency-Key")
    return order_schema.dump(OrderService(database).pay(id, key))


@bp.post("/<int:id>/shipment")
@scope_required("orders:write")
@with_body(ShipmentSchema)
def ship_order(id, body):
    return order_schema.dump(OrderService(database).ship(id, **body))


@bp.delete("/<int:id>")
@scope_required("orders:write")
def cancel_order(id):
    return order_schema.dump(OrderService(database).cancel(id))


@bp.get("/<int:id>/tracking")
@scope_required("orders:read")
def track_order(id):
    return {"events": OrderService(database).tracking(id)}


@bp.get("/batch")
@scope_required("orders:read")
def batch():
    ids = [int(id) for id in request.args.get("ids", "").split(",") if id.isdigit()][:100]
    return {"data": order_schema.dump(OrderService(database).orders.by_ids(ids), many=True)}

import logging
import secrets

from flask import Blueprint, g, request

from ..clients.webhooks import check_target
from ..errors import Forbidden
from ..extensions import database
from ..repositories.orders import OrderRepository
from ..repositories.webhooks import WebhookRepository
from ..schemas.base import with_body
from ..schemas.people import WebhookSchema
from ..security.decorators import scope_required
from ..security.signatures import verify_incoming

log = logging.getLogger(__name__)
bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")
schema = WebhookSchema()


@bp.get("")
@scope_required("orders:read")
def list_webhooks():
    return {"data": schema.dump(WebhookRepository(database).of_user(g.user["id"]), many=True)}


@bp.post("")
@scope_required("orders:write")
@with_body(WebhookSchema)
def create_webhook(body):
    check_target(body["url"])
    secret = secrets.token_urlsafe(32)
    webhook = WebhookRepository(database).insert({**body, "user_id": g.user["id"], "secret": secret})
    return {**schema.dump(webhook), "secret": secret}, 201


@bp.delete("/<int:id>")
@scope_required("orders:write")
def delete_webhook(id):
    webhooks = WebhookRepository(database)
    if webhooks.get(id)["user_id"] != g.user["id"]:
        raise Forbidden()
    webhooks.delete(id)
    return "", 204


@bp.post("/incoming/payments")
def payment_event():
    verify_incoming()
    event = request.get_json()
    order_id = int(str(event["reference"]).removeprefix("order-"))
    if event["type"] == "charge.failed":
        OrderRepository(database).set_state(order_id, "new", expected=("paid",))
    log.info("payment event %r for order %d", event["type"], order_id)
    return "", 204

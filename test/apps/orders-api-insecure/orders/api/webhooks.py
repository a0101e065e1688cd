import yaml
from flask import Blueprint, request
from lxml import etree

from ..clients.base import deliver, is_partner, ping
from ..jobs.queue import queue
from ..schemas.orders import WebhookSchema, with_body
from ..security.decorators import authenticated
from ..security.signatures import verify_incoming

bp = Blueprint("webhooks", __name__, url_prefix="/v1/webhooks")


@bp.post("")
@authenticated
@with_body(WebhookSchema)
def create_webhook(body):
    deliver(body["url"], {"event": "test"})
    return "", 204


@bp.get("/ping")
@authenticated
def ping_host():
    return {"status": ping(request.args["host"])}


@bp.post("/incoming/jobs")
def incoming_job():
    verify_incoming()
    queue.put(request.get_data())
    return "", 204


@bp.post("/incoming/prices")
def incoming_prices():
    return {"prices": yaml.load(request.data, Loader=yaml.Loader)}  # error: [unsafe-yaml-load]


@bp.post("/incoming/invoices")
def incoming_invoice():
    document = etree.fromstring(request.data, etree.XMLParser(resolve_entities=True))  # error: [xxe]
    return {"number": document.xpath(f"//line[@sku='{request.args['sku']}']/@number")}  # error: [xpath-injection]


@bp.get("/partner")
def partner():
    return {"partner": is_partner(request.args["url"])}

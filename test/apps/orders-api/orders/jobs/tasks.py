from __future__ import annotations

import csv
import tempfile
from datetime import date
from pathlib import Path

from flask import current_app

from ..clients.webhooks import deliver
from ..extensions import database, mailer, queue
from ..repositories.customers import CustomerRepository
from ..repositories.orders import OrderRepository
from ..repositories.webhooks import WebhookRepository

SUBJECTS = {
    "en": "Your order {number}",
    "de": "Ihre Bestellung {number}",
    "fr": "Votre commande {number}",
}


@queue.job
def confirm_order(order_id: int) -> None:
    orders = OrderRepository(database)
    order = orders.get(order_id)
    customer = CustomerRepository(database).get(order["customer_id"])
    subject = SUBJECTS.get(customer["language"], SUBJECTS["en"]).format(number=order["id"])
    mailer.send(customer["email"], subject, "confirmation", order=order, lines=orders.lines(order_id), customer=customer)


@queue.job
def notify(event: str, order_id: int) -> None:
    webhooks = WebhookRepository(database)
    order = OrderRepository(database).get(order_id)
    payload = {"id": order["id"], "state": order["state"], "total": order["total"]}
    for webhook in webhooks.for_event(event):
        if not deliver(webhook, event, payload):
            webhooks.failed(webhook["id"])


@queue.job
def write_export(export_id: str, since: str) -> None:
    folder = Path(current_app.config["EXPORT_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    rows = OrderRepository(database).totals_by_day(date.fromisoformat(since), date.today())
    with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".csv", delete=False, newline="") as file:
        writer = csv.DictWriter(file, ["day", "orders", "total"])
        writer.writeheader()
        writer.writerows(rows)
    Path(file.name).rename(folder / f"{int(export_id):08d}.csv")

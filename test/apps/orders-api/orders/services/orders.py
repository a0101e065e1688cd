from __future__ import annotations

import logging
from decimal import Decimal

from ..clients.payments import Payments
from ..clients.shipping import Shipping
from ..db.pool import Database
from ..errors import ApiError, Conflict
from ..jobs import tasks
from ..repositories.customers import CustomerRepository
from ..repositories.orders import OrderRepository
from ..repositories.products import ProductRepository

log = logging.getLogger(__name__)


class OrderService:
    def __init__(self, database: Database):
        self.database = database
        self.orders = OrderRepository(database)
        self.products = ProductRepository(database)
        self.customers = CustomerRepository(database)

    def create(self, data: dict) -> dict:
        self.customers.get(data["customer_id"])
        wanted = {line["sku"]: line["quantity"] for line in data.pop("lines")}
        products = self.products.by_skus(list(wanted))
        unknown = sorted(set(wanted) - set(products))
        if unknown:
            raise ApiError("Some products are not known.", skus=unknown)
        lines = [
            {"product_id": product["id"], "quantity": wanted[sku], "price": product["price"]}
            for sku, product in products.items()
        ]
        with self.database.transaction():
            order = self.orders.insert({**data, "state": "new", "total": self._total(lines)})
            for line in lines:
                if not self.products.take(line["product_id"], line["quantity"]):
                    raise Conflict("There are not enough of them.", product=line["product_id"])
            self.orders.add_lines(order["id"], lines)
        log.info("order %d created with %d lines", order["id"], len(lines))
        tasks.confirm_order.enqueue(order_id=order["id"])
        tasks.notify.enqueue(event="order.created", order_id=order["id"])
        return self.details(order["id"])

    @staticmethod
    def _total(lines: list[dict]) -> Decimal:
        return sum((line["price"] * line["quantity"] for line in lines), Decimal(0))

    def details(self, id: int) -> dict:
        return {**self.orders.get(id), "lines": self.orders.lines(id)}

    def pay(self, id: int, key: str | None) -> dict:
        order = self.orders.get(id)
        self._move(id, "paid", ("new",))
        charge = Payments().charge(id, order["total"], order["currency"], key)
        self.orders.update(id, {"payment_id": charge["id"]})
        tasks.notify.enqueue(event="order.paid", order_id=id)
        return self.details(id)

    def ship(self, id: int, carrier: str, weight) -> dict:
        order = self.orders.get(id)
        self._move(id, "shipped", ("paid", "packed"))
        self.orders.update(id, {"tracking_code": Shipping().book(order, carrier, weight)})
        tasks.notify.enqueue(event="order.shipped", order_id=id)
        return self.details(id)

    def cancel(self, id: int) -> dict:
        order = self.orders.get(id)
        with self.database.transaction():
            self._move(id, "cancelled", ("new", "paid"))
            for line in self.orders.lines(id):
                self.products.put_back(line["product_id"], line["quantity"])
        if order["payment_id"]:
            Payments().refund(order["payment_id"])
        tasks.notify.enqueue(event="order.cancelled", order_id=id)
        return self.details(id)

    def tracking(self, id: int) -> list[dict]:
        order = self.orders.get(id)
        return Shipping().track(order["tracking_code"]) if order["tracking_code"] else []

    def _move(self, id: int, state: str, expected: tuple[str, ...]) -> None:
        if not self.orders.set_state(id, state, expected=expected):
            raise Conflict(f"Only orders that are {' or '.join(expected)} can become {state}.")

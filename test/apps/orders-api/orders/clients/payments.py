from __future__ import annotations

from decimal import Decimal

from .base import ServiceClient


class Payments(ServiceClient):
    url_setting = "PAYMENTS_URL"
    token_setting = "PAYMENTS_TOKEN"

    def charge(self, order_id: int, amount: Decimal, currency: str, key: str | None) -> dict:
        return self.call(
            "POST",
            "charges",
            json={"reference": f"order-{order_id}", "amount": str(amount), "currency": currency},
            headers={"Idempotency-Key": key or f"order-{order_id}"},
        )

    def status(self, payment_id: str) -> str:
        return self.get("charges", payment_id)["status"]

    def refund(self, payment_id: str) -> dict:
        return self.post("charges", payment_id, "refunds")

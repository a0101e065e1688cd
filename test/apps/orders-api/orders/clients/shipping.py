from __future__ import annotations

from ..extensions import cache
from .base import ServiceClient


class Shipping(ServiceClient):
    url_setting = "SHIPPING_URL"
    ca_setting = "SHIPPING_CA"

    def book(self, order: dict, carrier: str, weight) -> str:
        answer = self.post("shipments", order=order["id"], address=order["shipping_address"], carrier=carrier, weight=str(weight))
        return answer["tracking_code"]

    def track(self, tracking_code: str) -> list[dict]:
        return self.get("shipments", tracking_code, "events", limit=50)["events"]

    @cache.memoize(timeout=3600)
    def carriers(self, country: str) -> list[str]:
        return [carrier["code"] for carrier in self.get("carriers", country=country)]

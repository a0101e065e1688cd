from __future__ import annotations

from .base import Repository

EVENTS = ("order.created", "order.paid", "order.shipped", "order.cancelled")


class WebhookRepository(Repository):
    table = "webhooks"
    fields = ("user_id", "url", "events", "secret")

    def for_event(self, event: str) -> list[dict]:
        return self.database.all("SELECT * FROM webhooks WHERE %s = ANY(events) AND failures < 10", (event,))

    def of_user(self, user_id: int) -> list[dict]:
        return self.database.all("SELECT id, url, events, failures FROM webhooks WHERE user_id = %s", (user_id,))

    def failed(self, id: int) -> None:
        self.database.run("UPDATE webhooks SET failures = failures + 1 WHERE id = %s", (id,))


class FileRepository(Repository):
    table = "files"
    fields = ("order_id", "name", "stored_name", "media_type", "size")

    def of_order(self, order_id: int) -> list[dict]:
        return self.database.all("SELECT id, name, media_type, size FROM files WHERE order_id = %s ORDER BY id", (order_id,))

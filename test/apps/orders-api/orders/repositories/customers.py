from __future__ import annotations

from ..db.queries import like
from ..pagination import Page
from .base import Repository


class CustomerRepository(Repository):
    table = "customers"
    fields = ("name", "email", "phone", "address", "language")

    def search(self, words: str | None, page: int, size: int) -> Page:
        params = {"words": like(words or ""), "limit": size, "offset": (page - 1) * size}
        condition = "name ILIKE %(words)s OR email ILIKE %(words)s"
        total = self.database.scalar(f"SELECT count(*) FROM customers WHERE {condition}", params)
        items = self.database.all(
            f"SELECT * FROM customers WHERE {condition} ORDER BY name LIMIT %(limit)s OFFSET %(offset)s", params
        )
        return Page(items, total, page, size)

    def by_email(self, email: str) -> dict | None:
        return self.database.one("SELECT * FROM customers WHERE lower(email) = lower(%s)", (email,))

    def anonymize(self, id: int) -> None:
        self.update(id, {"name": "(deleted)", "email": f"deleted-{id}@example.invalid", "phone": None, "address": None})

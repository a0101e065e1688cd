from __future__ import annotations

from ..db.queries import Where, like, order_by
from ..pagination import Page
from .base import Repository


class ProductRepository(Repository):
    table = "products"
    fields = ("sku", "name", "description", "price", "currency", "stock", "is_active")
    sortable = {"name": "name", "price": "price", "stock": "stock"}

    def search(self, words=None, *, only_active=True, sort=None, page=1, size=50) -> Page:
        where = Where()
        if only_active:
            where.add("is_active")
        if words:
            where.add("(name ILIKE %(words)s OR sku ILIKE %(words)s)", words=like(words))
        total = self.database.scalar("SELECT count(*) FROM products" + where.clause, where.params)
        order = order_by(sort, self.sortable, "name")
        items = self.database.all(
            f"SELECT * FROM products{where.clause}{order} LIMIT %(limit)s OFFSET %(offset)s",
            where.params | {"limit": size, "offset": (page - 1) * size},
        )
        return Page(items, total, page, size)

    def by_skus(self, skus: list[str]) -> dict[str, dict]:
        rows = self.database.all("SELECT * FROM products WHERE sku = ANY(%s) AND is_active", (skus,))
        return {row["sku"]: row for row in rows}

    def take(self, id: int, quantity: int) -> bool:
        query = "UPDATE products SET stock = stock - %(quantity)s WHERE id = %(id)s AND stock >= %(quantity)s"
        return self.database.run(query, {"id": id, "quantity": quantity}) == 1

    def put_back(self, id: int, quantity: int) -> None:
        self.database.run("UPDATE products SET stock = stock + %s WHERE id = %s", (quantity, id))

    def upsert(self, row: dict) -> None:
        self.database.run(
            """
            INSERT INTO products (sku, name, price, currency, stock)
            VALUES (%(sku)s, %(name)s, %(price)s, %(currency)s, %(stock)s)
            ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price = excluded.price, stock = excluded.stock
            """,
            row,
        )

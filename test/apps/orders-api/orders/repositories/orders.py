from __future__ import annotations

from datetime import date

from ..db.queries import Where, like, order_by
from ..pagination import Page
from .base import Repository

SORTABLE = {
    "created": "o.created_at",
    "total": "o.total",
    "state": "o.state",
    "customer": "c.name",
}

LIST = """
    SELECT o.id, o.state, o.total, o.currency, o.created_at, c.name AS customer
    FROM orders o
    JOIN customers c ON c.id = o.customer_id
"""


class OrderRepository(Repository):
    table = "orders"
    fields = ("customer_id", "state", "total", "currency", "note", "shipping_address", "payment_id", "tracking_code")

    def search(self, *, words=None, state=None, since=None, until=None, sort=None, page=1, size=50) -> Page:
        where = Where()
        where.add_if(state, "o.state = %(state)s", "state")
        where.add_if(since, "o.created_at >= %(since)s", "since")
        where.add_if(until, "o.created_at < %(until)s", "until")
        if words:
            where.add("(c.name ILIKE %(words)s OR o.note ILIKE %(words)s)", words=like(words))
        total = self.database.scalar(
            f"SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id{where.clause}", where.params
        )
        items = self.database.all(
            LIST + where.clause + order_by(sort, SORTABLE, "-created") + " LIMIT %(limit)s OFFSET %(offset)s",
            {**where.params, "limit": size, "offset": (page - 1) * size},
        )
        return Page(items, total, page, size)

    def after(self, id: int, limit: int) -> list[dict]:
        return self.database.all(f"{LIST} WHERE o.id > %s ORDER BY o.id LIMIT %s", (id, limit))

    def lines(self, order_id: int) -> list[dict]:
        return self.database.all(
            "SELECT l.*, p.name, p.sku FROM order_lines l JOIN products p ON p.id = l.product_id WHERE l.order_id = %s",
            (order_id,),
        )

    def add_lines(self, order_id: int, lines: list[dict]) -> None:
        with self.database.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO order_lines (order_id, product_id, quantity, price) VALUES (%s, %s, %s, %s)",
                [(order_id, line["product_id"], line["quantity"], line["price"]) for line in lines],
            )

    def by_ids(self, ids: list[int]) -> list[dict]:
        if not ids:
            return []
        marks = ", ".join(["%s"] * len(ids))
        return self.database.all(f"{LIST} WHERE o.id IN ({marks})", ids)

    def totals_by_day(self, since: date, until: date) -> list[dict]:
        return self.database.all(
            """
            SELECT date_trunc('day', created_at)::date AS day, count(*) AS orders, sum(total) AS total
            FROM orders WHERE created_at >= %s AND created_at < %s AND state <> 'cancelled'
            GROUP BY 1 ORDER BY 1
            """,
            (since, until),
        )

    def set_state(self, id: int, state: str, *, expected: tuple[str, ...]) -> bool:
        return bool(
            self.database.run(
                "UPDATE orders SET state = %s, updated_at = now() WHERE id = %s AND state = ANY(%s)",
                (state, id, list(expected)),
            )
        )

    def copy_out(self, since: date):
        query = "COPY (SELECT id, state, total, currency, created_at FROM orders WHERE created_at >= %s) TO STDOUT CSV"
        with self.database.connection.cursor() as cursor, cursor.copy(query, (since,)) as copy:
            for data in copy:
                yield bytes(data)

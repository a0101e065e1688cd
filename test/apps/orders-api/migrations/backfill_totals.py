"""Fills ``orders.total`` for orders from before 2025. Run once: ``python -m migrations.backfill_totals``."""

from orders import create_app
from orders.extensions import database

BATCH = 1000
TABLES = ("order_lines", "orders")


def main() -> None:
    with create_app().app_context():
        for table in TABLES:
            print(table, database.scalar(f"SELECT count(*) FROM {table}"))
        while True:
            changed = database.run(
                "UPDATE orders SET total = (SELECT sum(price * quantity) FROM order_lines WHERE order_id = orders.id)"
                f" WHERE id IN (SELECT id FROM orders WHERE total IS NULL LIMIT {BATCH})"
            )
            database.connection.commit()
            if not changed:
                break


if __name__ == "__main__":
    main()

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from ..models import Model, Page

T = TypeVar("T", bound=Model)


class Repository(Generic[T]):
    """Rows of one table as objects. Names of tables and columns come from the classes, values are bound."""

    table: ClassVar[str]
    model: ClassVar[type]
    columns: ClassVar[tuple[str, ...]] = ()
    orders: ClassVar[dict[str, str]] = {}
    default_order: ClassVar[str] = "id"

    def __init__(self, database):
        self.db = database

    def find(self, id) -> T | None:
        row = self.db.row(f"SELECT * FROM {self.table} WHERE id = ?", id)
        return self.model.from_row(row) if row else None

    def all(self) -> list[T]:
        return self._objects(f"SELECT * FROM {self.table} ORDER BY {self.default_order}")

    def add(self, **values) -> int:
        names = self._known(values)
        marks = ", ".join("?" for _ in names)
        query = f"INSERT INTO {self.table} ({', '.join(names)}) VALUES ({marks})"
        return self.db.write(query, *(values[name] for name in names)).lastrowid

    def change(self, id, **values) -> None:
        names = self._known(values)
        if names:
            pairs = ", ".join(f"{name} = ?" for name in names)
            self.db.write(f"UPDATE {self.table} SET {pairs} WHERE id = ?", *(values[name] for name in names), id)

    def remove(self, id) -> None:
        self.db.write("DELETE FROM " + self.table + " WHERE id = ?", id)

    def count(self) -> int:
        return self.db.value("SELECT count(*) FROM %s" % self.table)

    def page(self, number, size, order=None, where="", values=()) -> Page:
        order_by = self.orders.get(order, self.default_order)
        total = self.db.value(f"SELECT count(*) FROM {self.table} {where}", *values)
        items = self._objects(
            f"SELECT * FROM {self.table} {where} ORDER BY {order_by} LIMIT ? OFFSET ?", *values, size, (number - 1) * size
        )
        return Page(items, number, size, total)

    def _known(self, values) -> list[str]:
        return [name for name in self.columns if name in values]

    def _objects(self, query, *values) -> list[T]:
        return [self.model.from_row(row) for row in self.db.rows(query, *values)]

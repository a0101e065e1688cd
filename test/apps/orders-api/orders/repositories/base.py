from __future__ import annotations

from psycopg import sql

from ..db.pool import Database
from ..db.queries import assignments, columns, placeholders
from ..errors import NotFound


class Repository:
    table: str
    fields: tuple[str, ...] = ()

    def __init__(self, database: Database):
        self.database = database

    def find(self, id: int) -> dict | None:
        query = sql.SQL("SELECT * FROM {} WHERE id = %s").format(sql.Identifier(self.table))
        return self.database.one(query, (id,))

    def get(self, id: int) -> dict:
        row = self.find(id)
        if row is None:
            raise NotFound(f"There is no such entry in {self.table}.")
        return row

    def insert(self, values: dict) -> dict:
        names = [name for name in self.fields if name in values]
        query = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING *").format(
            sql.Identifier(self.table), columns(names), placeholders(names)
        )
        return self.database.one(query, {name: values[name] for name in names})

    def update(self, id: int, values: dict) -> dict:
        names = [name for name in self.fields if name in values]
        if not names:
            return self.get(id)
        query = sql.SQL("UPDATE {} SET {}, updated_at = now() WHERE id = %(id)s RETURNING *").format(
            sql.Identifier(self.table), assignments(names)
        )
        row = self.database.one(query, {**{name: values[name] for name in names}, "id": id})
        if row is None:
            raise NotFound(f"There is no such entry in {self.table}.")
        return row

    def delete(self, id: int) -> None:
        query = sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(self.table))
        if not self.database.run(query, (id,)):
            raise NotFound(f"There is no such entry in {self.table}.")

    def count(self) -> int:
        return self.database.scalar(f"SELECT count(*) FROM {self.table}")

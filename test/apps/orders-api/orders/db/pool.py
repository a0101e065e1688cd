"""One psycopg pool for the app, one connection for the request."""

from __future__ import annotations

from contextlib import contextmanager

from flask import Flask, current_app, g
from psycopg import Connection
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool


class Database:
    def init_app(self, app: Flask) -> None:
        app.extensions["database"] = ConnectionPool(
            app.config["DATABASE_URL"],
            min_size=app.config["POOL_MIN_SIZE"],
            max_size=app.config["POOL_MAX_SIZE"],
            kwargs={
                "row_factory": dict_row,
                "options": f"-c statement_timeout={app.config['STATEMENT_TIMEOUT']}",
            },
            open=False,
        )
        app.teardown_appcontext(self._give_back)

    @property
    def pool(self) -> ConnectionPool:
        pool = current_app.extensions["database"]
        if pool.closed:
            pool.open()
        return pool

    @property
    def connection(self) -> Connection:
        if "connection" not in g:
            g.connection = self.pool.getconn()
        return g.connection

    @contextmanager
    def transaction(self):
        with self.connection.transaction():
            yield self

    def all(self, query, params=()) -> list[dict]:
        with self.connection.cursor() as cursor:
            return cursor.execute(query, params).fetchall()

    def one(self, query, params=()) -> dict | None:
        with self.connection.cursor() as cursor:
            return cursor.execute(query, params).fetchone()

    def scalar(self, query, params=()):
        row = self.one(query, params)
        return next(iter(row.values())) if row else None

    def run(self, query, params=()) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.rowcount

    def _give_back(self, error=None) -> None:
        connection = g.pop("connection", None)
        if connection is None:
            return
        if error is None:
            connection.commit()
        else:
            connection.rollback()
        current_app.extensions["database"].putconn(connection)

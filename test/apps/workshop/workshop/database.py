import sqlite3
from contextlib import contextmanager
from pathlib import Path

from flask import current_app, g


class Database:
    """A connection with a few conveniences."""

    def __init__(self, path):
        self.connection = sqlite3.connect(path, detect_types=sqlite3.PARSE_DECLTYPES)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA foreign_keys = ON")

    def rows(self, query, *values):
        return self.connection.execute(query, values).fetchall()

    def row(self, query, *values):
        return self.connection.execute(query, values).fetchone()

    def value(self, query, *values):
        row = self.row(query, *values)
        return row[0] if row else None

    def write(self, query, *values):
        return self.connection.execute(query, values)

    def script(self, path: Path):
        self.connection.executescript(path.read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self):
        try:
            yield self
        except Exception:
            self.connection.rollback()
            raise
        self.connection.commit()

    def close(self):
        self.connection.close()


def get_database() -> Database:
    if "database" not in g:
        g.database = Database(current_app.config["DATABASE"])
    return g.database


def close_database(error=None):
    database = g.pop("database", None)
    if database is not None:
        database.close()


def init_app(app):
    app.teardown_appcontext(close_database)

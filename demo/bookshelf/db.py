"""One SQLite connection per request, and a few helpers around it."""
import sqlite3

import click
from flask import current_app, g


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
        g.db.row_factory = sqlite3.Row
        g.db.execute("PRAGMA foreign_keys = ON")
    return g.db


def query_all(sql, params=()):
    return get_db().execute(sql, params).fetchall()


def query_one(sql, params=()):
    return get_db().execute(sql, params).fetchone()


def count(table):
    """Number of rows of one of our own tables; the name never comes from a request."""
    if table not in ("book", "review", "user"):
        raise ValueError("unknown table")
    return get_db().execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def close_db(exception=None):
    connection = g.pop("db", None)
    if connection is not None:
        connection.close()


def init_db():
    with current_app.open_resource("schema.sql") as script:
        get_db().executescript(script.read().decode("utf8"))

    from .extensions import orm
    from . import models  # noqa: F401  (registers the tables)

    orm.create_all()


@click.command("init-db")
def init_db_command():
    """Create the tables and a few books."""
    init_db()
    click.echo("The shelf is filled.")


def init_app(app):
    app.teardown_appcontext(close_db)
    app.cli.add_command(init_db_command)

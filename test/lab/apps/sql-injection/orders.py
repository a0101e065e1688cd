"""Orders, in PostgreSQL."""
import os

import psycopg
from flask import Blueprint, jsonify, request
from psycopg.rows import dict_row

bp = Blueprint("orders", __name__)


def connect():
    return psycopg.connect(os.environ["POSTGRES_DSN"], row_factory=dict_row)


def seed():
    with connect() as conn:
        conn.execute("DROP TABLE IF EXISTS orders")
        conn.execute("CREATE TABLE orders (id serial, customer text, item text, total int)")
        with conn.cursor() as cur:
            cur.executemany(
                "INSERT INTO orders (customer, item, total) VALUES (%s, %s, %s)",
                [("ann", "50% off pen", 3), ("ann", "ink", 7), ("bob", "secret gift", 90)],
            )


seed()


@bp.get("/")
def mine():
    customer = request.args.get("customer", "")
    with connect() as conn, conn.cursor() as cur:
        cur.execute("SELECT item, total FROM orders WHERE customer = '%s' ORDER BY id" % customer)
        return jsonify(cur.fetchall())


@bp.get("/items")
def items():
    customer, term = request.args["customer"], request.args["item"]
    with connect() as conn:
        rows = conn.execute(
            "SELECT item FROM orders "
            f"WHERE customer = '{customer}' "
            f"AND item ILIKE '%{term}%' "
            "ORDER BY id"
        ).fetchall()
    return jsonify([row["item"] for row in rows])


@bp.get("/above")
def above():
    total = request.args.get("total", "0")
    with connect() as conn:
        cur = conn.execute("SELECT item FROM orders WHERE customer = 'ann' AND total > " + total + " ORDER BY id")
        return jsonify([row["item"] for row in cur])

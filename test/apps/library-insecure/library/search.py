"""Search in the catalogue."""

from __future__ import annotations

from sqlalchemy import select, text

from library.extensions import db
from library.models import Book

ORDERS = {"title": Book.title.asc(), "newest": Book.id.desc()}


def search_books(term: str = "", order: str = "title"):
    query = select(Book).order_by(ORDERS.get(order, ORDERS["title"]))
    if term:
        query = query.where(text(f"lower(book.title) LIKE '%{term}%'"))  # error: [sqlalchemy-raw-clause]
    return query


def suggest(term: str):
    statement = f"SELECT id, title FROM book WHERE title LIKE '{term}%' LIMIT 8"
    rows = db.session.execute(text(statement))  # error: [sql-injection]
    return [{"id": row.id, "title": row.title} for row in rows]


def list_members(order: str, direction: str):
    way = "DESC" if direction == "desc" else "ASC"
    return db.session.execute(text(f"SELECT id FROM user ORDER BY {order} {way}")).scalars().all()  # error: [sql-identifier-from-input]

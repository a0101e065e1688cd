"""Search in the catalogue: words in any order, and orders that the visitor may choose."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select, text

from library.extensions import db
from library.models import Author, Book, Copy

ORDERS: dict[str, Any] = {
    "title": Book.title.asc(),
    "author": Author.name.asc(),
    "newest": Book.created_at.desc(),
    "year": Book.year.desc(),
}
SUGGESTIONS = text(
    "SELECT id, title FROM book WHERE lower(title) LIKE :pattern ESCAPE '\\' ORDER BY title LIMIT :count"
)


def like_pattern(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped.lower()}%"


def matches(term: str):
    pattern = like_pattern(term)
    return or_(
        func.lower(Book.title).like(pattern, escape="\\"),
        func.lower(Author.name).like(pattern, escape="\\"),
        Book.isbn == term.replace("-", ""),
    )


def search_books(term: str = "", order: str = "title", subject: str | None = None, available: bool = False) -> Select:
    query = select(Book).join(Book.author)
    words = term.split()[:8]
    if words:
        query = query.where(and_(*[matches(word) for word in words]))
    if subject:
        query = query.where(Book.subject == subject)
    if available:
        query = query.where(Book.copies.any(Copy.loan_id.is_(None)))
    return query.order_by(ORDERS.get(order, ORDERS["title"]), Book.id)


def suggest(term: str, count: int = 8) -> list[dict[str, Any]]:
    rows = db.session.execute(SUGGESTIONS, {"pattern": like_pattern(term), "count": count})
    return [{"id": row.id, "title": row.title} for row in rows]


def counts_by_subject() -> dict[str, int]:
    query = select(Book.subject, func.count()).group_by(Book.subject).order_by(Book.subject)
    return dict(db.session.execute(query).tuples().all())


SORTABLE = {"email": "email", "name": "name", "joined": "created_at", "role": "role"}


def list_members(order: str, direction: str, term: str):
    """The members' list sorts by a column of a fixed list, so the name can stand in the statement."""
    column = SORTABLE.get(order, "created_at")
    way = "DESC" if direction == "desc" else "ASC"
    statement = f"SELECT id FROM member WHERE lower(email) LIKE :pattern ORDER BY {column} {way} LIMIT 500"
    return db.session.execute(text(statement), {"pattern": like_pattern(term)}).scalars().all()

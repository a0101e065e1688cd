"""The catalogue and loans for the terminals in the reading room."""

from __future__ import annotations

from functools import wraps

from flask import abort, g, jsonify, request, url_for

from library.api import bp
from library.errors import LibraryError
from library.extensions import db, limiter
from library.loans.services import LoanService
from library.models import ApiToken, Book
from library.pagination import paginate
from library.search import search_books


def token_required(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = ApiToken.user_of(token) if scheme.lower() == "bearer" and token else None
        if user is None or user.is_blocked:
            abort(401)
        g.api_user = user
        return view(*args, **kwargs)

    return wrapper


@bp.get("/books")
@limiter.limit("120 per minute")
def books():
    page = paginate(search_books(g.search, order=request.args.get("order", "title")))
    payload = {"items": [book.to_dict() for book in page.items], "total": page.total, "query": g.search}
    if page.has_next:
        payload["next"] = url_for("api.books", q=g.search, page=page.number + 1, _external=True)
    return jsonify(payload)


@bp.get("/books/<int:book_id>")
def book(book_id: int):
    return db.get_or_404(Book, book_id).to_dict()


@bp.get("/loans")
@token_required
def loans():
    return jsonify([loan_to_dict(loan) for loan in LoanService(g.api_user).open_loans])


@bp.post("/loans")
@token_required
def lend():
    payload = request.get_json(silent=True) or {}
    barcode = payload.get("barcode")
    if not isinstance(barcode, str) or not barcode.isalnum():
        raise LibraryError("A barcode is needed.", 400)
    loan = LoanService(g.api_user).lend(barcode)
    return loan_to_dict(loan), 201


def loan_to_dict(loan) -> dict:
    return {
        "id": loan.id,
        "title": loan.copy.book.title,
        "barcode": loan.copy.barcode,
        "due": loan.due.isoformat(),
        "late": loan.is_late,
    }

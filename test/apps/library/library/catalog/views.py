"""Pages that everybody may see, and those where librarians edit the catalogue."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, current_app, flash, g, jsonify, make_response, redirect, render_template, request
from flask import send_from_directory, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy import select

from library.catalog import bp, isbn as isbn_service
from library.decorators import librarian_required, partial_for_htmx, templated
from library.extensions import cache, db, limiter
from library.forms import BookForm, EmptyForm, IsbnForm, ReviewForm, SearchForm
from library.models import Author, Book, Review, record
from library.models.book import SUBJECTS
from library.pagination import paginate
from library.search import counts_by_subject, search_books, suggest
from library.storage import folder, remove_cover, save_cover
from library.tasks import refresh_counts
from library.urls import is_safe_url


@bp.route("/")
@partial_for_htmx("catalog/index.html")
def index():
    form = SearchForm(request.args)
    query = search_books(
        g.search,
        order=form.order.data or "title",
        subject=form.subject.data if form.subject.data in SUBJECTS else None,
        available=form.available.data,
    )
    return {"form": form, "page": paginate(query), "subjects": subjects()}


def subjects() -> dict[str, int]:
    found = cache.get("subjects")
    if found is None:
        found = counts_by_subject()
        cache.set("subjects", found, timeout=3600)
    return found


@bp.get("/suggest")
@limiter.limit("60 per minute")
def suggestions():
    return jsonify(suggest(g.search) if len(g.search) >= 3 else [])


@bp.route("/books/<int:book_id>")
@templated("catalog/show.html")
def show(book_id: int):
    book = db.get_or_404(Book, book_id)
    state = {"id": book.id, "title": book.title, "free": len(book.free_copies), "query": g.search}
    return {"book": book, "state": state, "review_form": ReviewForm(), "delete_form": EmptyForm()}


@bp.route("/authors/<int:author_id>")
@templated("catalog/author.html")
def author(author_id: int):
    found = db.get_or_404(Author, author_id)
    query = select(Book).filter_by(author_id=found.id).order_by(Book.year.desc())
    return {"author": found, "page": paginate(query)}


@bp.get("/covers/<name>")
def cover(name: str):
    response = send_from_directory(folder("covers"), name, mimetype="image/webp", max_age=86400)
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


@bp.post("/books/<int:book_id>/reviews")
@login_required
@limiter.limit("20 per hour")
def review(book_id: int):
    book = Book.query.get_or_404(book_id)
    form = ReviewForm()
    if form.validate_on_submit():
        found = Review.find_by(user_id=current_user.id, book_id=book.id) or Review(user_id=current_user.id, book_id=book.id)
        form.populate_obj(found)
        found.save()
        flash(_("Thank you for your review of %(title)s.", title=book.title), "success")
    else:
        form.flash_errors()
    return redirect(url_for("catalog.show", book_id=book.id, _anchor="reviews"))


@bp.route("/books/new", methods=["GET", "POST"])
@librarian_required
def create():
    form = BookForm()
    if form.validate_on_submit():
        book = Book(author_id=Author.named(form.author.data).id)
        return _save(book, form)
    return render_template("catalog/edit.html", form=form, book=None, isbn_form=IsbnForm())


@bp.route("/books/<int:book_id>/edit", methods=["GET", "POST"])
@librarian_required
def edit(book_id: int):
    book = db.get_or_404(Book, book_id)
    form = BookForm(obj=book, data={"author": book.author.name})
    if form.validate_on_submit():
        book.author_id = Author.named(form.author.data).id
        return _save(book, form)
    return render_template("catalog/edit.html", form=form, book=book, isbn_form=IsbnForm())


def _save(book: Book, form: BookForm):
    values = form.values()
    values["isbn"] = values["isbn"] or None
    if form.cover.data:
        remove_cover(book.cover)
        values["cover"] = save_cover(form.cover.data)
    book.update(commit=False, **values)
    record("book-saved", book=book.id, title=book.title)
    db.session.commit()
    refresh_counts.delay()
    current_app.logger.info("book %d saved by %d", book.id, current_user.id)
    return redirect(url_for("catalog.show", book_id=book.id))


@bp.post("/books/<int:book_id>/delete")
@librarian_required
def delete(book_id: int):
    book = db.get_or_404(Book, book_id)
    if not EmptyForm().validate_on_submit():
        abort(400)
    if any(copy.loan_id for copy in book.copies):
        flash(_("A copy of it is lent."), "error")
        return redirect(url_for("catalog.show", book_id=book.id))
    remove_cover(book.cover)
    record("book-deleted", book=book.id, title=book.title)
    book.delete()
    flash(_("The book is deleted."), "success")
    return redirect(url_for("catalog.index"))


@bp.post("/books/lookup")
@librarian_required
def lookup():
    form = IsbnForm()
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 400
    return jsonify(isbn_service.lookup(form.isbn.data))


@bp.post("/language/<lang>")
def language(lang: str):
    if lang not in {"en", "de", "fr"}:
        abort(404)
    target = request.form.get("next", "")
    response = make_response(redirect(target if is_safe_url(target) else url_for("catalog.index")))
    response.set_cookie("lang", lang, max_age=timedelta(days=365), secure=True, httponly=True, samesite="Lax")
    return response

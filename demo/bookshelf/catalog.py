"""The catalog: list, search, show and add books."""
from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup

import nh3

from .auth import login_required
from .db import count, get_db, query_all, query_one

bp = Blueprint("catalog", __name__, url_prefix="/books")

BANNER = "<strong>New:</strong> we lend e-books, too."
ORDERS = {
    "title": "title COLLATE NOCASE",
    "author": "author COLLATE NOCASE, title",
    "newest": "published DESC",
}
ALLOWED_TAGS = {"b", "em", "i", "li", "p", "strong", "ul"}


@bp.get("/")
def index():
    page = max(1, request.args.get("page", 1, type=int))
    per_page = current_app.config["BOOKS_PER_PAGE"]
    order = ORDERS.get(request.args.get("order"), ORDERS["title"])
    books = get_db().execute(
        f"SELECT id, title, author, published FROM book ORDER BY {order} LIMIT ? OFFSET ?",
        (per_page, (page - 1) * per_page),
    ).fetchall()
    return render_template(
        "catalog/index.html",
        books=books,
        banner=BANNER,
        page=page,
        n_books=count("book"),
        orders=list(ORDERS),
    )


@bp.get("/search")
def search():
    q = request.args.get("q", "").strip()
    query = f"SELECT id, title, author, published FROM book WHERE title LIKE '%{q}%' ORDER BY title"
    books = get_db().execute(query).fetchall()
    return render_template("catalog/search.html", q=q, books=books)


@bp.get("/by/<author>")
def by_author(author):
    db = get_db()
    books = db.execute("SELECT id, title, author, published FROM book WHERE author = '" + author + "'").fetchall()
    if not books:
        abort(404)
    return render_template("catalog/author.html", author=author, books=books)


@bp.get("/decade/<int:decade>")
def by_decade(decade):
    books = query_all(
        "SELECT id, title, author, published FROM book WHERE published / 10 * 10 = ?", (decade,)
    )
    return render_template("catalog/author.html", author=f"the {decade}s", books=books)


@bp.get("/all")
def all_books():
    column = request.args.get("sort", "title")
    direction = "DESC" if request.args.get("desc") else "ASC"
    books = get_db().execute(f"SELECT * FROM book ORDER BY {column} {direction}").fetchall()
    return render_template("catalog/all.html", books=books)


@bp.get("/compare")
def compare():
    ids = request.args.getlist("id")[:5]
    marks = ", ".join("?" for _ in ids)
    books = get_db().execute(f"SELECT * FROM book WHERE id IN ({marks})", ids).fetchall()
    return render_template("catalog/all.html", books=books)


@bp.get("/<int:book_id>")
def detail(book_id):
    book = query_one("SELECT * FROM book WHERE id = ?", (book_id,))
    if book is None:
        abort(404)
    reviews = query_all(
        "SELECT review.*, user.username FROM review JOIN user ON user.id = user_id "
        "WHERE book_id = ? ORDER BY created DESC",
        (book_id,),
    )
    stars = [review["stars"] for review in reviews]
    return render_template("catalog/detail.html", book=book, reviews=reviews, stars=stars)


@bp.route("/new", methods=["GET", "POST"])
@login_required
def new():
    if request.method == "POST":
        title = request.form.get("title", "").strip()
        author = request.form.get("author", "").strip()
        published = request.form.get("published", type=int)
        if not title or not author or published is None:
            flash("A book has a title, an author and a year.")
            return render_template("catalog/new.html"), 400
        db = get_db()
        db.execute(
            "INSERT INTO book (title, author, published, description) VALUES (?, ?, ?, ?)",
            (title, author, published, nh3.clean(request.form.get("description", ""), tags=ALLOWED_TAGS)),
        )
        db.commit()
        flash(Markup(f"<em>{title}</em> is on the shelf now."))
        return redirect(url_for("catalog.index"))
    return render_template("catalog/new.html")


@bp.post("/<int:book_id>/delete")
@login_required
def delete(book_id):
    book = query_one("SELECT title FROM book WHERE id = ?", (book_id,))
    if book is None:
        abort(404)
    db = get_db()
    db.execute("DELETE FROM review WHERE book_id = ?", (book_id,))
    db.execute("DELETE FROM book WHERE id = %d" % book_id)
    db.commit()
    flash(Markup("<em>{}</em> was taken off the shelf.").format(book["title"]))
    return redirect(url_for("catalog.index"))

"""Reviews: write, preview, feed."""
from flask import Blueprint, abort, flash, g, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup, escape

import nh3

from .auth import login_required
from .db import get_db, query_all, query_one

bp = Blueprint("reviews", __name__, url_prefix="/reviews")

RULES = Markup("Be <em>kind</em>, be brief, no spoilers.")


@bp.get("/new/<int:book_id>")
@login_required
def new(book_id):
    book = query_one("SELECT id, title FROM book WHERE id = ?", (book_id,))
    if book is None:
        abort(404)
    return render_template("reviews/new.html", book=book, rules=RULES)


@bp.post("/preview")
@login_required
def preview():
    body = request.form.get("body", "")
    return render_template(
        "reviews/preview.html",
        body=body,
        cleaned=nh3.clean(body),
        n_words=len(body.split()),
        book_id=request.form.get("book_id", type=int),
    )


@bp.post("/add")
@login_required
def add():
    book_id = request.form.get("book_id", type=int)
    stars = request.form.get("stars", 3, type=int)
    body = request.form.get("body", "").strip()
    if book_id is None or not 1 <= stars <= 5 or not body:
        abort(400)
    db = get_db()
    db.execute(
        "INSERT INTO review (book_id, user_id, stars, body) "
        "VALUES (%d, %d, %d, '%s')" % (book_id, g.user["id"], stars, body)
    )
    db.commit()
    flash("Thank you for the review of book no. " + escape(book_id))
    return redirect(url_for("catalog.detail", book_id=book_id))


@bp.get("/feed.json")
def feed():
    """The newest reviews, filtered by ?book=, ?user= or both."""
    sql = "SELECT review.id, stars, body, username FROM review JOIN user ON user.id = user_id WHERE 1 = 1"
    params = []
    if request.args.get("book"):
        sql += " AND book_id = ?"
        params.append(request.args["book"])
    if request.args.get("user"):
        sql += " AND username = ?"
        params.append(request.args["user"])
    rows = query_all(sql + " ORDER BY created DESC LIMIT 20", params)
    return jsonify([dict(row) for row in rows])


@bp.get("/words")
def words():
    """How often a word occurs, with the word in bold."""
    word = request.args.get("word", "")
    n_found = len(query_all("SELECT id FROM review WHERE body LIKE ?", (f"%{word}%",)))
    summary = Markup("<b>" + word + "</b>: %d reviews" % n_found)
    return render_template("reviews/words.html", summary=summary, word=word)

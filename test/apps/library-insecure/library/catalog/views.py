"""Pages of the catalogue."""

from __future__ import annotations

from flask import g, jsonify, redirect, render_template, render_template_string, request, send_file, send_from_directory, url_for
from flask_login import login_required

from library.catalog import bp, isbn
from library.decorators import librarian_required, templated
from library.extensions import db
from library.forms import BookForm
from library.mail import send_note
from library.models import Author, Book, User
from library.search import search_books, suggest
from library.storage import folder, read_note, save_cover


@bp.route("/")
@templated("catalog/index.html")
def index():
    books = db.session.scalars(search_books(g.search)).all()
    return {"books": books, "color": request.args.get("color", "white"), "theme": request.args.get("theme", "")}


@bp.get("/suggest")
def suggestions():
    return jsonify(suggest(request.args["q"]))


@bp.route("/books/<int:book_id>")
@templated("catalog/show.html")
def show(book_id: int):
    book = db.get_or_404(Book, book_id)
    return {"book": book, "back": request.args.get("back"), "note": request.args.get("note", "")}


@bp.get("/covers")
def cover():
    return send_file(folder("covers") / request.args["name"])  # error: [send-file-from-input]


@bp.get("/files/<path:where>/<name>")
def files(where: str, name: str):
    return send_from_directory(f"/var/lib/library/{where}", name)  # error: [send-from-directory-tainted-dir]


@bp.get("/notes/<path:name>")
def note(name: str):
    return {"text": read_note(name)}


@bp.get("/pages/<name>")
def page(name: str):
    return render_template(f"pages/{name}.txt")  # info: [template-name-from-input]


@bp.get("/greeting")
def greeting():
    return render_template_string("Dear " + request.args.get("name", "reader") + ", welcome!")  # error: [template-injection]


@bp.route("/books/<int:book_id>/edit", methods=["GET", "POST"])
@librarian_required
def edit(book_id: int):
    book = db.get_or_404(Book, book_id)
    form = BookForm(obj=book)
    if form.validate_on_submit():
        values = form.values()
        if form.cover.data:
            values["cover"] = save_cover(form.cover.data)
        book.update(**values)
        return redirect(url_for("catalog.show", book_id=book.id))
    return render_template("catalog/edit.html", form=form, book=book)


@bp.post("/books/lookup")
@librarian_required
def lookup():
    if request.form.get("url"):
        return jsonify(text=isbn.client().fetch(request.form["url"]))
    return jsonify(isbn.client().lookup(request.form["isbn"]))  # hint: [request-field-subscript]


@bp.post("/books/compare")
@librarian_required
def compare():
    other = isbn.Catalog(request.get_data())
    return jsonify(titles=other.title_of(request.args["isbn"]))


@bp.post("/books/<int:book_id>/notes")
@login_required
def write_note(book_id: int):
    owner = db.get_or_404(User, request.form.get("user", type=int))
    send_note(owner, request.form["note"])  # hint: [request-field-subscript]
    return redirect(url_for("catalog.show", book_id=book_id))


@bp.get("/authors")
def authors():
    found = Author.query.filter_by(name=request.args.get("name")).first()
    return render_template("catalog/author.html", author=found, name=request.args.get("name", ""))

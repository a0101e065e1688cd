"""The catalog, through SQLAlchemy, in PostgreSQL as well."""
import os

from flask import Blueprint, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()
bp = Blueprint("catalog", __name__, url_prefix="/catalog")


class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80), nullable=False)
    author = db.Column(db.String(80), nullable=False)
    is_draft = db.Column(db.Boolean, default=False)


def init_app(app):
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["POSTGRES_URL"]
    db.init_app(app)
    app.register_blueprint(bp)
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.add_all(
            [
                Book(title="The Hidden Bay", author="Ng"),
                Book(title="It's Raining", author="Ruiz"),
                Book(title="Unfinished", author="Ng", is_draft=True),
            ]
        )
        db.session.commit()


@bp.get("/by/<author>")
def by(author):
    rows = db.session.execute(
        text(f"SELECT title FROM book WHERE author = '{author}' AND NOT is_draft ORDER BY id")
    )
    return jsonify([row.title for row in rows])


@bp.get("/titles")
def titles():
    word = request.args.get("word", "")
    books = Book.query.filter(text("NOT is_draft AND title LIKE '%" + word + "%'")).order_by(Book.id).all()
    return jsonify([book.title for book in books])


@bp.get("/raw")
def raw():
    with db.engine.connect() as connection:
        sql = "SELECT title FROM book WHERE NOT is_draft AND author = '%s'" % request.args["author"]
        result = connection.execute(text(sql))
        return jsonify(result.scalars().all())

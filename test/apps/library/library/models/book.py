"""The catalogue."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from library.extensions import db
from library.models.base import CrudMixin, TimestampMixin

SUBJECTS = ("Fiction", "History", "Science", "Children", "Travel", "Music")


class Author(CrudMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(db.String(120), unique=True, nullable=False)

    books = relationship("Book", back_populates="author", order_by="Book.year")

    @classmethod
    def named(cls, name: str) -> "Author":
        clean = " ".join(name.split())
        return cls.find_by(name=clean) or cls.create(name=clean)


class Book(CrudMixin, TimestampMixin, db.Model):
    editable = ("title", "isbn", "year", "subject", "description", "website", "cover", "author_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(db.String(250), nullable=False, index=True)
    isbn: Mapped[str | None] = mapped_column(db.String(13), unique=True)
    year: Mapped[int | None]
    subject: Mapped[str] = mapped_column(db.String(20), nullable=False)
    description: Mapped[str | None] = mapped_column(db.Text)
    website: Mapped[str | None] = mapped_column(db.String(300))
    cover: Mapped[str | None] = mapped_column(db.String(60))
    author_id: Mapped[int] = mapped_column(db.ForeignKey("author.id"), nullable=False)

    author = relationship("Author", back_populates="books", lazy="joined")
    copies = relationship("Copy", back_populates="book", cascade="all, delete-orphan")
    reviews = relationship("Review", back_populates="book", order_by="Review.created_at.desc()")

    @property
    def cover_url(self) -> str:
        if self.cover:
            return url_for("catalog.cover", name=self.cover)
        return url_for("static", filename="no-cover.svg")

    @property
    def free_copies(self) -> list["Copy"]:
        return [copy for copy in self.copies if copy.loan_id is None]

    @property
    def rating(self) -> float | None:
        return db.session.scalar(select(func.avg(Review.stars)).filter_by(book_id=self.id))

    def to_dict(self) -> dict:
        return {
            "id": self.id,
            "title": self.title,
            "author": self.author.name,
            "isbn": self.isbn,
            "year": self.year,
            "free": len(self.free_copies),
            "url": url_for("catalog.show", book_id=self.id, _external=True),
        }


class Copy(CrudMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    barcode: Mapped[str] = mapped_column(db.String(20), unique=True, nullable=False)
    shelf: Mapped[str | None] = mapped_column(db.String(20))
    book_id: Mapped[int] = mapped_column(db.ForeignKey("book.id"), nullable=False)
    loan_id: Mapped[int | None] = mapped_column(db.ForeignKey("loan.id", use_alter=True))

    book = relationship("Book", back_populates="copies")


class Review(CrudMixin, TimestampMixin, db.Model):
    __table_args__ = (db.UniqueConstraint("user_id", "book_id"), db.CheckConstraint("stars BETWEEN 1 AND 5", "stars"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(db.ForeignKey("member.id"), nullable=False)
    book_id: Mapped[int] = mapped_column(db.ForeignKey("book.id"), nullable=False)
    stars: Mapped[int] = mapped_column(nullable=False)
    body: Mapped[str] = mapped_column(db.Text, nullable=False)

    user = relationship("User", back_populates="reviews")
    book = relationship("Book", back_populates="reviews")

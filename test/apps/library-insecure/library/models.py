"""Members and books."""

from __future__ import annotations

from typing import Any

from flask_login import UserMixin
from sqlalchemy import select
from werkzeug.security import check_password_hash, generate_password_hash

from library.extensions import db


class CrudMixin:
    editable: tuple[str, ...] = ()

    @classmethod
    def find_by(cls, **values: Any):
        return db.session.scalars(select(cls).filter_by(**values).limit(1)).first()

    def update(self, **values: Any):
        for name in self.editable:
            if name in values:
                setattr(self, name, values[name])
        return self.save()

    def fill(self, values):
        """Takes whatever it is given."""
        for name, value in values.items():
            setattr(self, name, value)  # missing: [mass-assignment] the class of `current_user` is not known
        return self.save()

    def save(self):
        db.session.add(self)
        db.session.commit()
        return self


class User(UserMixin, CrudMixin, db.Model):
    editable = ("name", "about")

    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(254), unique=True)
    name = db.Column(db.String(80))
    about = db.Column(db.Text)
    pin = db.Column(db.String(40))
    role = db.Column(db.String(12), default="member")
    password = db.Column(db.String(80))
    password_hash = db.Column(db.String(255))

    def set_password(self, password: str) -> None:
        self.password_hash = generate_password_hash(password, method="pbkdf2:sha256:1000")  # warning: [weak-password-hash-params]

    def check_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)

    def check_old_password(self, password: str) -> bool:
        return self.password == password  # error: [plaintext-password-compare]


class Author(CrudMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(120))


class Book(CrudMixin, db.Model):
    editable = ("title", "description", "website", "cover")

    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(250))
    isbn = db.Column(db.String(13))
    description = db.Column(db.Text)
    website = db.Column(db.String(300))
    cover = db.Column(db.String(60))
    author_id = db.Column(db.ForeignKey("author.id"))
    author = db.relationship("Author")

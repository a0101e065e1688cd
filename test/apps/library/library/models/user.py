"""Members and librarians."""

from __future__ import annotations

import enum
import hashlib
import secrets

from flask_login import UserMixin
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from library.extensions import db
from library.models.base import CrudMixin, TimestampMixin


class Role(enum.Enum):
    MEMBER = "member"
    LIBRARIAN = "librarian"
    ADMIN = "admin"


class User(UserMixin, CrudMixin, TimestampMixin, db.Model):
    __tablename__ = "member"

    editable = ("name", "language", "about")

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(db.String(254), unique=True, nullable=False)
    name: Mapped[str] = mapped_column(db.String(80), nullable=False)
    about: Mapped[str | None] = mapped_column(db.Text)
    language: Mapped[str | None] = mapped_column(db.String(5))
    role: Mapped[str] = mapped_column(db.String(12), default=Role.MEMBER.value, nullable=False)
    password_hash: Mapped[str] = mapped_column(db.String(255), nullable=False)
    is_confirmed: Mapped[bool] = mapped_column(default=False, nullable=False)
    is_blocked: Mapped[bool] = mapped_column(default=False, nullable=False)

    loans = relationship("Loan", back_populates="user", lazy="select")
    reviews = relationship("Review", back_populates="user", cascade="all, delete-orphan")

    @property
    def password(self) -> str:
        raise AttributeError("a password cannot be read")

    @password.setter
    def password(self, value: str) -> None:
        self.set_password(value)

    def set_password(self, password: str) -> None:
        self.password_hash = generate_password_hash(password)

    def check_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)

    @property
    def is_active(self) -> bool:
        return not self.is_blocked

    @property
    def is_librarian(self) -> bool:
        return self.role in (Role.LIBRARIAN.value, Role.ADMIN.value)

    def token(self, purpose: str) -> str:
        return _serializer(purpose).dumps({"id": self.id, "stamp": self._stamp()})

    @classmethod
    def from_token(cls, purpose: str, token: str, max_age: int = 3600) -> "User | None":
        try:
            payload = _serializer(purpose).loads(token, max_age=max_age)
        except (BadSignature, SignatureExpired):
            return None
        user = db.session.get(cls, payload.get("id"))
        return user if user and secrets.compare_digest(user._stamp(), payload.get("stamp", "")) else None

    def _stamp(self) -> str:
        """Changes with the password, so that a link works once."""
        return hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    salt = f"{current_app.config['SECURITY_TOKEN_SALT']}:{purpose}"
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt)


class ApiToken(CrudMixin, TimestampMixin, db.Model):
    """Only the digest is kept; the token is shown once."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(db.ForeignKey("member.id"), nullable=False)
    label: Mapped[str] = mapped_column(db.String(60), nullable=False)
    digest: Mapped[str] = mapped_column(db.String(64), unique=True, nullable=False)

    user = relationship("User")

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode("utf-8")).hexdigest()

    @classmethod
    def issue(cls, user: User, label: str) -> tuple["ApiToken", str]:
        token = secrets.token_urlsafe(32)
        return cls.create(user_id=user.id, label=label, digest=cls.digest_of(token)), token

    @classmethod
    def user_of(cls, token: str) -> User | None:
        found = cls.find_by(digest=cls.digest_of(token))
        return found.user if found else None

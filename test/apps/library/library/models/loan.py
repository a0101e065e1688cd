"""Loans and reservations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column, relationship

from library.extensions import db
from library.models.base import CrudMixin, TimestampMixin, utcnow


class Loan(CrudMixin, TimestampMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(db.ForeignKey("member.id"), nullable=False, index=True)
    copy_id: Mapped[int] = mapped_column(db.ForeignKey("copy.id"), nullable=False)
    due: Mapped[date] = mapped_column(nullable=False)
    renewals: Mapped[int] = mapped_column(default=0, nullable=False)
    returned_at: Mapped[datetime | None] = mapped_column(db.DateTime(timezone=True))

    user = relationship("User", back_populates="loans")
    copy = relationship("Copy", foreign_keys=[copy_id])

    @property
    def is_open(self) -> bool:
        return self.returned_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < utcnow().date()

    @property
    def can_renew(self) -> bool:
        return self.is_open and not self.is_late and self.renewals < current_app.config["MAX_RENEWALS"]

    @staticmethod
    def due_date() -> date:
        return utcnow().date() + timedelta(days=current_app.config["LOAN_DAYS"])


class Reservation(CrudMixin, TimestampMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(db.ForeignKey("member.id"), nullable=False)
    book_id: Mapped[int] = mapped_column(db.ForeignKey("book.id"), nullable=False)
    notified_at: Mapped[datetime | None] = mapped_column(db.DateTime(timezone=True))

    user = relationship("User")
    book = relationship("Book")

"""What all models share."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from library.extensions import db


def utcnow() -> datetime:
    return datetime.now(timezone.utc)


class TimestampMixin:
    created_at: Mapped[datetime] = mapped_column(db.DateTime(timezone=True), default=utcnow, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(db.DateTime(timezone=True), default=utcnow, onupdate=utcnow)


class CrudMixin:
    """``Book.create(title=…)``, ``book.update(year=…)``, ``book.delete()``."""

    #: Columns that ``update`` may write.
    editable: tuple[str, ...] = ()

    @classmethod
    def create(cls, **values: Any):
        instance = cls(**values)
        return instance.save()

    @classmethod
    def find_by(cls, **values: Any):
        return db.session.scalars(select(cls).filter_by(**values).limit(1)).first()

    def update(self, commit: bool = True, **values: Any):
        for name in self.editable:
            if name in values:
                setattr(self, name, values[name])
        return self.save(commit)

    def save(self, commit: bool = True):
        db.session.add(self)
        if commit:
            db.session.commit()
        return self

    def delete(self, commit: bool = True) -> None:
        db.session.delete(self)
        if commit:
            db.session.commit()

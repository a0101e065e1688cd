"""Who did what."""

from __future__ import annotations

import json
from typing import Any

from flask import has_request_context, request
from flask_login import current_user
from sqlalchemy.orm import Mapped, mapped_column

from library.extensions import db
from library.models.base import TimestampMixin


class AuditEntry(TimestampMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(db.ForeignKey("member.id"))
    action: Mapped[str] = mapped_column(db.String(40), nullable=False, index=True)
    address: Mapped[str | None] = mapped_column(db.String(45))
    details: Mapped[str] = mapped_column(db.Text, default="{}")

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.details or "{}")


def record(action: str, **details: Any) -> None:
    """Is written with the transaction that is open."""
    entry = AuditEntry(action=action, details=json.dumps(details, default=str))
    if has_request_context():
        entry.address = request.remote_addr
        if current_user.is_authenticated:
            entry.actor_id = current_user.id
    db.session.add(entry)

"""Pages of lists, and addresses of the pages beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable

from flask import current_app, request, url_for

from library.extensions import db


@dataclass
class Page:
    items: list[Any]
    number: int
    total: int
    per_page: int

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        return self.number < self.count

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    def numbers(self, around: int = 2) -> Iterable[int]:
        first, last = max(1, self.number - around), min(self.count, self.number + around)
        return range(first, last + 1)

    def url(self, number: int) -> str:
        args = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
        return url_for(request.endpoint, **args)


def paginate(query, per_page: int | None = None) -> Page:
    size = per_page or current_app.config["PER_PAGE"]
    number = max(1, request.args.get("page", 1, type=int))
    found = db.paginate(query, page=number, per_page=size, error_out=False)
    return Page(items=list(found.items), number=number, total=found.total or 0, per_page=size)

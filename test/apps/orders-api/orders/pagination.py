"""Pages by number for people, by cursor for machines."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from .errors import ApiError

MAX_SIZE = 200


@dataclass(frozen=True)
class Page:
    items: list
    total: int
    number: int
    size: int

    @property
    def n_pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        return self.number < self.n_pages

    def links(self) -> dict:
        args = request.args.to_dict()
        links = {"self": self._link(args, self.number)}
        if self.has_next:
            links["next"] = self._link(args, self.number + 1)
        if self.number > 1:
            links["prev"] = self._link(args, self.number - 1)
        return links

    @staticmethod
    def _link(args: dict, number: int) -> str:
        return f"{request.path}?{urlencode({**args, 'page': number})}"

    def dump(self, schema) -> dict:
        return {
            "data": schema.dump(self.items, many=True),
            "meta": {"total": self.total, "page": self.number, "pages": self.n_pages},
            "links": self.links(),
        }


def page_args() -> tuple[int, int]:
    number = max(1, request.args.get("page", 1, type=int))
    size = min(MAX_SIZE, max(1, request.args.get("per_page", 50, type=int)))
    return number, size


def encode_cursor(values: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode()


def decode_cursor(text: str | None) -> dict:
    if not text:
        return {}
    try:
        values = json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError):
        raise ApiError("The cursor is not valid.") from None
    if not isinstance(values, dict):
        raise ApiError("The cursor is not valid.")
    return values


def cursor_link(endpoint: str, cursor: str, **values) -> str:
    return url_for(endpoint, cursor=cursor, _external=True, _scheme="https", **values)

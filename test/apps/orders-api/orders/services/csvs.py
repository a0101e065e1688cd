from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value) -> str:
    """Spreadsheets must not take text for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA) else text


def lines(header: list[str], rows: Iterable[dict]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in header])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def csv_response(name: str, header: list[str], rows: Iterable[dict]) -> Response:
    response = Response(stream_with_context(lines(header, rows)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return response


def read_products(stream) -> Iterator[dict]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    for row in csv.DictReader(text):
        yield {
            "sku": (row.get("sku") or "").strip().upper(),
            "name": (row.get("name") or "").strip(),
            "price": row.get("price"),
            "stock": row.get("stock") or 0,
        }

"""Reads books from CSV files."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from library.extensions import db
from library.forms.catalog import isbn_is_valid
from library.models import Author, Book
from library.models.book import SUBJECTS
from library.tasks import background

COLUMNS = ("title", "author", "isbn", "year", "subject")


@dataclass
class Report:
    created: int = 0
    problems: list[str] = field(default_factory=list)


def parse_row(row: dict[str, str]) -> dict[str, object]:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not values["title"] or not values["author"]:
        raise ValueError("title and author are needed")
    if values["isbn"] and not (values["isbn"].isdigit() and isbn_is_valid(values["isbn"])):
        raise ValueError("the ISBN is wrong")
    if values["subject"] not in SUBJECTS:
        raise ValueError("no such subject")
    return {**values, "year": int(values["year"]) if values["year"] else None, "isbn": values["isbn"] or None}


def import_books(path: Path) -> Report:
    report = Report()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                values = parse_row(row)
            except ValueError as error:
                report.problems.append(f"Line {number}: {error}")
                continue
            author = Author.named(values.pop("author"))
            db.session.add(Book(author_id=author.id, **values))
            report.created += 1
    db.session.commit()
    return report


@background
def import_later(path: Path) -> None:
    try:
        import_books(path)
    finally:
        path.unlink(missing_ok=True)

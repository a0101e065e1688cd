"""Small helpers to put statements together out of safe parts."""

from __future__ import annotations

from psycopg import sql

DIRECTIONS = {"asc": sql.SQL("ASC"), "desc": sql.SQL("DESC")}


def columns(names) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def placeholders(names) -> sql.Composed:
    return sql.SQL(", ").join(sql.Placeholder(name) for name in names)


def assignments(names) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in names)


class Where:
    """Collects conditions and their values."""

    def __init__(self):
        self.conditions: list[str] = []
        self.params: dict[str, object] = {}

    def add(self, condition: str, **params) -> "Where":
        self.conditions.append(condition)
        self.params.update(params)
        return self

    def add_if(self, value, condition: str, name: str) -> "Where":
        if value not in (None, ""):
            self.add(condition, **{name: value})
        return self

    @property
    def clause(self) -> str:
        if not self.conditions:
            return ""
        return " WHERE " + " AND ".join(self.conditions)


def order_by(value: str | None, allowed: dict[str, str], default: str) -> str:
    """``-total`` becomes ``o.total DESC``; what is not allowed becomes the default."""
    text = value or default
    direction = "DESC" if text.startswith("-") else "ASC"
    column = allowed.get(text.lstrip("-"), allowed[default.lstrip("-")])
    return f" ORDER BY {column} {direction}"


def like(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

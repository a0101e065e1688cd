"""For the terminals in the reading room."""

from __future__ import annotations

import json

from cryptography.fernet import Fernet
from flask import Response, request

from library.api import bp
from library.extensions import db

cipher = Fernet(b"bGlicmFyeS1saWJyYXJ5LWxpYnJhcnktbGlicmFyeTE=")  # error: [hardcoded-crypto-key]


class Repository:
    """Statements of a table."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.parts: list[str] = []

    def where(self, column: str, value: str) -> "Repository":
        self.parts.append(f"{column} = '{value}'")
        return self

    def all(self):
        statement = "SELECT * FROM " + self.table + " WHERE " + " AND ".join(self.parts)
        return db.session.execute(db.text(statement)).mappings().all()  # error: [sql-injection]


@bp.get("/books")
def books():
    rows = Repository("book").where("isbn", request.args.get("isbn", "")).all()
    return json.dumps({"query": request.args.get("q"), "rows": len(rows)})  # warning: [json-as-html] # error: [reflected-xss]


@bp.get("/card")
def card():
    token = cipher.encrypt(request.args.get("card", "").encode())
    return Response(f"<b>{request.args.get('card')}</b>{token.decode()}", mimetype="text/html")  # error: [reflected-xss]

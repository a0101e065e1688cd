import sqlite3

from flask import Blueprint, current_app, g, jsonify, make_response, redirect, request, session, url_for
from werkzeug.security import check_password_hash

bp = Blueprint("users", __name__, url_prefix="/users")


def db():
    if not hasattr(g, "db"):
        g.db = sqlite3.connect("ops.db")
    return g.db


class Query:
    def __init__(self, table):
        self.table = table
        self.where = []
        self.params = []

    def filter(self, column, value):
        self.where.append(f"{column} = ?")
        self.params.append(value)
        return self

    def like(self, column, value):
        self.where.append(column + " LIKE ?")
        self.params.append("%" + value + "%")
        return self

    def all(self):
        sql = f"SELECT * FROM {self.table}"
        if self.where:
            sql += " WHERE " + " AND ".join(self.where)
        return db().execute(sql, self.params).fetchall()


class SafeQuery:
    def __init__(self, table):
        self.table = table
        self.where = {}

    def filter(self, **kw):
        self.where.update(kw)
        return self

    def all(self):
        sql = f"SELECT * FROM {self.table} WHERE " + " AND ".join(f"{k} = ?" for k in self.where)
        return db().execute(sql, list(self.where.values())).fetchall()


@bp.get("/")
def listing():
    rows = Query("users").filter("team", request.args.get("team")).like("name", request.args.get("q", "")).all()
    safe = SafeQuery("users").filter(team=request.args.get("team")).all()
    return jsonify(rows=rows, n=len(safe))


@bp.get("/theme")
def theme():
    resp = make_response(redirect(url_for(".listing")))
    resp.set_cookie("theme", "light" if request.args.get("name") == "light" else "dark", httponly=True, secure=True, samesite="Lax")
    return resp


@bp.post("/su")
def su():  # hint: [login-without-rate-limit]
    session["admin"] = check_password_hash(current_app.config["ADMIN_HASH"], request.form.get("code", ""))
    return jsonify(ok=session["admin"])

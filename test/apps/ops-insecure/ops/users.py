import sqlite3

from flask import Blueprint, g, jsonify, make_response, redirect, request, session, url_for

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

    def raw(self, clause):
        self.where.append(clause)
        return self

    def all(self):
        sql = f"SELECT * FROM {self.table}"
        if self.where:
            sql += " WHERE " + " AND ".join(self.where)
        return db().execute(sql, self.params).fetchall()  # error: [sql-injection]


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
    rows = Query("users").filter("team", request.args.get("team")).raw("name LIKE '%" + request.args.get("q", "") + "%'").all()
    safe = SafeQuery("users").filter(team=request.args.get("team")).all()
    return jsonify(rows=rows, n=len(safe))


@bp.get("/theme")
def theme():
    resp = make_response(redirect(request.args.get("back") or url_for(".listing")))  # error: [open-redirect]
    resp.set_cookie("theme", request.args.get("name", "dark"), httponly=True, secure=True, samesite="Lax")  # hint: [cookie-from-input]
    return resp


@bp.post("/su")
def su():
    session["admin"] = request.form.get("code") == "letmein-4711"
    return jsonify(ok=session["admin"])

import os

from flask import Flask, g

from .db import Database
from .extensions import csrf, talisman


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=os.environ["SECRET_KEY"],
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        DATABASE=os.environ.get("TICKETS_DATABASE", "tickets.db"),
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
    )
    app.config.update(config or {})
    csrf.init_app(app)
    talisman.init_app(app)

    from .web import admin, tickets

    app.register_blueprint(tickets.bp)
    app.register_blueprint(admin.bp, url_prefix="/admin")

    @app.before_request
    def open_database():
        g.database = Database(app.config["DATABASE"])

    @app.teardown_request
    def close_database(error):
        database = g.pop("database", None)
        if database is not None:
            database.close()

    return app

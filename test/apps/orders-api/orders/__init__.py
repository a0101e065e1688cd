"""Orders: a REST API for the shop's back office and its partners."""

from __future__ import annotations

import os
import uuid

from flask import Flask, g, request

from . import cli, errors, logs
from .config import CONFIGS, BaseConfig
from .extensions import cache, cors, database, limiter, mailer, queue


def create_app(config: type[BaseConfig] | str | None = None, **overrides) -> Flask:
    app = Flask(__name__, static_folder=None)
    if config is None:
        config = os.environ.get("ORDERS_ENV", "production")
    if isinstance(config, str):
        config = CONFIGS[config]
    app.config.from_object(config())
    app.config.from_prefixed_env("ORDERS")
    app.config.update(overrides)

    logs.configure(app)
    register_extensions(app)
    register_blueprints(app)
    register_hooks(app)
    errors.register(app)
    cli.register(app)
    return app


def register_extensions(app: Flask) -> None:
    database.init_app(app)
    cache.init_app(app)
    queue.init_app(app)
    mailer.init_app(app)
    limiter.init_app(app)
    cors.init_app(
        app,
        resources={r"/v1/*": {"origins": app.config["CORS_ORIGINS"]}},
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
        max_age=3600,
    )


def register_blueprints(app: Flask) -> None:
    from .api import admin, auth, customers, docs, exports, files, health, orders, products, reports, webhooks

    for module in (auth, orders, products, customers, exports, files, reports, webhooks, admin):
        app.register_blueprint(module.bp, url_prefix="/v1" + (module.bp.url_prefix or ""))
    app.register_blueprint(health.bp)
    app.register_blueprint(docs.bp)


def register_hooks(app: Flask) -> None:
    @app.before_request
    def name_request():
        g.request_id = uuid.uuid4().hex

    @app.after_request
    def add_headers(response):
        response.headers["X-Request-Id"] = g.get("request_id", "-")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        if request.method == "OPTIONS":
            response.headers["Cache-Control"] = "public, max-age=3600"
        return response

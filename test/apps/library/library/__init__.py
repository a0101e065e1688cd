"""The library: catalogue, loans and members of a small town's public library."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask, g, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from library import cli, errors, filters, logs
from library.config import CONFIGS, Config
from library.extensions import babel, cache, csrf, db, limiter, login_manager, mail, migrate, talisman

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français"}


def create_app(name: str = "development", overrides: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_object(_config_class(name))
    app.config.from_prefixed_env("LIBRARY")
    if overrides:
        app.config.from_mapping(overrides)

    logs.init_app(app)
    register_extensions(app)
    register_blueprints(app)
    register_hooks(app)
    filters.init_app(app)
    errors.init_app(app)
    cli.init_app(app)

    if app.config["BEHIND_PROXY"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)
    os.makedirs(app.config["UPLOAD_ROOT"], exist_ok=True)
    return app


def _config_class(name: str) -> type[Config]:
    try:
        return CONFIGS[name]
    except KeyError:
        raise RuntimeError(f"Unknown configuration {name!r}; one of {', '.join(CONFIGS)}") from None


def register_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    mail.init_app(app)
    cache.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=select_locale)
    talisman.init_app(
        app,
        force_https=app.config["FORCE_HTTPS"],
        strict_transport_security_max_age=31536000,
        content_security_policy=app.config["CONTENT_SECURITY_POLICY"],
        content_security_policy_nonce_in=["script-src"],
        referrer_policy="strict-origin-when-cross-origin",
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
    )


def register_blueprints(app: Flask) -> None:
    from library.account import bp as account_bp
    from library.admin import bp as admin_bp
    from library.api import bp as api_bp
    from library.auth import bp as auth_bp
    from library.catalog import bp as catalog_bp
    from library.loans import bp as loans_bp

    app.register_blueprint(catalog_bp)
    app.register_blueprint(auth_bp, url_prefix="/auth")
    app.register_blueprint(account_bp, url_prefix="/account")
    app.register_blueprint(loans_bp, url_prefix="/loans")
    app.register_blueprint(admin_bp, url_prefix="/admin")
    app.register_blueprint(api_bp, url_prefix="/api/v1")


def register_hooks(app: Flask) -> None:
    @app.before_request
    def remember_search() -> None:
        g.search = request.args.get("q", "", type=str).strip()[:100]

    @app.context_processor
    def inject_globals() -> dict[str, Any]:
        return {
            "library_name": app.config["LIBRARY_NAME"],
            "languages": LANGUAGES,
            "search": g.get("search", ""),
            "can_edit": current_user.is_authenticated and current_user.is_librarian,
        }

    @app.after_request
    def no_store(response):
        if current_user.is_authenticated and request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response


def select_locale() -> str:
    wanted = request.cookies.get("lang")
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"

"""The library, as it should not be."""

from __future__ import annotations

from flask import Flask, g, request
from flask_cors import CORS

from library import errors, filters
from library.config import CONFIGS
from library.extensions import csrf, db, login_manager, mail, talisman


def create_app(name: str = "development") -> Flask:
    app = Flask(__name__, static_folder=".", static_url_path="/assets")  # error: [static-folder-exposes-source] # info: [max-content-length-missing]
    app.config.from_object(CONFIGS[name])
    register_extensions(app)
    register_blueprints(app)
    register_hooks(app)
    filters.init_app(app)
    errors.init_app(app)
    return app


def register_extensions(app: Flask) -> None:
    for extension in (db, csrf, mail, login_manager):
        extension.init_app(app)
    talisman.init_app(app, content_security_policy=app.config["CONTENT_SECURITY_POLICY"])
    CORS(app, resources={r"/api/*": {"origins": "*"}}, supports_credentials=True)  # error: [cors-credentials-wildcard]


def register_blueprints(app: Flask) -> None:
    from library.admin import bp as admin_bp
    from library.api import bp as api_bp
    from library.auth import bp as auth_bp
    from library.catalog import bp as catalog_bp

    app.register_blueprint(catalog_bp)
    app.register_blueprint(auth_bp, url_prefix="/auth")
    app.register_blueprint(admin_bp, url_prefix="/admin")
    app.register_blueprint(api_bp, url_prefix="/api/v1")


def register_hooks(app: Flask) -> None:
    @app.before_request
    def remember_search() -> None:
        g.search = request.args.get("q", "", type=str).strip()[:100]

    @app.context_processor
    def inject_globals():
        return {"library_name": app.config["LIBRARY_NAME"], "search": g.get("search", "")}

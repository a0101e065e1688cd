"""The bookshelf: a small lending library. ``create_app`` puts it together."""
import os

from flask import Flask, render_template

from config import DevelopmentConfig, ProductionConfig


def create_app(overrides=None):
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY="bookshelf-secret",
        SITE_NAME="Bookshelf",
    )
    if os.environ.get("BOOKSHELF_ENV") == "production":
        app.config.from_object(ProductionConfig)
    else:
        app.config.from_object(DevelopmentConfig)
    if overrides is not None:
        app.config.from_mapping(overrides)

    os.makedirs(os.path.dirname(app.config["DATABASE"]), exist_ok=True)

    from . import db
    from .extensions import csrf, orm

    db.init_app(app)
    csrf.init_app(app)
    orm.init_app(app)

    from . import auth, catalog, reports, reviews, suppliers

    app.register_blueprint(auth.bp)
    app.register_blueprint(catalog.bp)
    app.register_blueprint(reviews.bp)
    app.register_blueprint(reports.bp)
    app.register_blueprint(suppliers.bp)
    app.add_url_rule("/", endpoint="index", view_func=catalog.index)

    @app.after_request
    def add_security_headers(response):
        response.headers.setdefault(
            "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"
        )
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        return response

    @app.errorhandler(404)
    def page_not_found(error):
        return render_template("errors/404.html"), 404

    @app.errorhandler(500)
    def internal_error(error):
        app.logger.exception("a request failed")
        return render_template("errors/500.html"), 500

    return app

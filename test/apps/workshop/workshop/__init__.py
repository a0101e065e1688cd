import os
from pathlib import Path

from flask import Flask, g, render_template, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFError, CSRFProtect

from . import cli, database, filters, security
from .config import Config, load_secret

babel = Babel()
csrf = CSRFProtect()
LANGUAGES = ("en", "de", "nl")


def choose_language():
    if g.get("member") and g.member.language in LANGUAGES:
        return g.member.language
    return request.accept_languages.best_match(LANGUAGES, "en")


def create_app(**settings):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_object(Config)
    app.config["SECRET_KEY"] = load_secret(Path(app.instance_path))
    app.config["DATABASE"] = os.environ.get("WORKSHOP_DATABASE", str(Path(app.instance_path) / "workshop.db"))
    app.config["UPLOADS"] = Path(app.instance_path) / "uploads"
    app.config.update(settings)
    app.config["UPLOADS"].mkdir(parents=True, exist_ok=True)

    database.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=choose_language)
    security.init_app(app)
    filters.init_app(app)
    cli.init_app(app)
    register_views(app)
    register_errors(app)
    return app


def register_views(app):
    from .views import account, admin, api, home, items, loans, members

    for module in (home, account, items, loans, members, admin):
        app.register_blueprint(module.bp)
    app.register_blueprint(api.bp, url_prefix="/api")


def register_errors(app):
    @app.errorhandler(403)
    @app.errorhandler(404)
    @app.errorhandler(413)
    def on_http_error(error):
        return render_template("errors/http.html", error=error), error.code

    @app.errorhandler(CSRFError)
    def on_csrf_error(error):
        return render_template("errors/http.html", error=error), 400

    @app.errorhandler(500)
    def on_bug(error):
        app.logger.error("internal error at %s", request.endpoint)
        return render_template("errors/500.html"), 500

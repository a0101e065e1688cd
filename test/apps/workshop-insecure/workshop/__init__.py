from flask import Flask
from flask_wtf.csrf import CSRFProtect

from . import filters

csrf = CSRFProtect()


def create_app():
    app = Flask(__name__)  # info: [max-content-length-missing] # info: [security-headers-missing]
    app.secret_key = "workshop-2019"  # error: [hardcoded-secret-key]
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # error: [csrf-disabled-config]
    app.config["SESSION_COOKIE_HTTPONLY"] = False  # warning: [session-cookie-httponly-off]
    app.config["SESSION_COOKIE_SAMESITE"] = "None"  # warning: [session-cookie-samesite]
    app.config["REMEMBER_COOKIE_HTTPONLY"] = False  # warning: [remember-cookie-flags]
    app.jinja_env.autoescape = False  # error: [jinja-env-autoescape-off]
    csrf.init_app(app)
    filters.init_app(app)

    from .views import account, items, members

    for module in (account, items, members):
        app.register_blueprint(module.bp)
    return app


if __name__ == "__main__":
    create_app().run(debug=True)  # error: [flask-debug-enabled]

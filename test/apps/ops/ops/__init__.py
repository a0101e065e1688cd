from flask import Flask

from flask_seasurf import SeaSurf
from flask_talisman import Talisman

from ops.utils import net, render, shell


def create_app():
    app = Flask(__name__, static_folder="static")
    app.config.from_prefixed_env()
    app.config["SECRET_KEY"] = open("/run/secrets/ops").read().strip()
    SeaSurf(app)
    Talisman(app)
    app.config["MAX_CONTENT_LENGTH"] = 10 ** 7
    from ops import backups, hosts, jobs, tools, users
    for module in (backups, hosts, jobs, tools, users):
        app.register_blueprint(module.bp)
    app.jinja_env.globals["render"] = render
    return app

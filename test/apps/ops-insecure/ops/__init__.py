from flask import Flask

from ops.utils import net, render, shell


def create_app():
    app = Flask(__name__, static_folder="static")  # warning: [csrf-protection-missing] # info: [security-headers-missing]
    app.config.from_prefixed_env()
    app.config["SECRET_KEY"] = open("/run/secrets/ops").read().strip()
    from ops import backups, hosts, jobs, tools, users
    for module in (backups, hosts, jobs, tools, users):
        app.register_blueprint(module.bp)
    app.jinja_env.globals["render"] = render
    return app

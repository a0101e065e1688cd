from flask import Flask
from flask_cors import CORS

from .config import CONFIGS
from .db.pool import database
from .jobs.queue import queue


def create_app(name="production"):
    app = Flask(__name__, static_folder="..")  # error: [static-folder-exposes-source] # info: [max-content-length-missing] # info: [security-headers-missing]
    app.config.from_object(CONFIGS[name])
    database.init_app(app)
    queue.init_app(app)
    CORS(app, origins="*", supports_credentials=True)  # error: [cors-credentials-wildcard]

    from .api import admin, auth, docs, files, orders, reports, webhooks

    for module in (admin, auth, docs, files, orders, reports, webhooks):
        app.register_blueprint(module.bp)
    return app

"""Entry point for gunicorn: ``gunicorn wsgi:app``."""

import os

from library import create_app

app = create_app(os.environ.get("LIBRARY_CONFIG", "production"))

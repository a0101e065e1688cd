"""Entry point for a WSGI server: ``gunicorn wsgi:app``."""
from bookshelf import create_app

app = create_app()

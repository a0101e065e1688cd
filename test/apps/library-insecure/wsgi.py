"""Entry point: ``python wsgi.py``."""

import os

from library import create_app

app = create_app(os.environ.get("LIBRARY_CONFIG", "production"))

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000, debug=True)  # error: [flask-debug-enabled] # warning: [bind-all-interfaces]

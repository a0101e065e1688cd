from flask import Blueprint

from library.extensions import csrf

bp = Blueprint("api", __name__)
# Callers have tokens in a header and no cookie.
csrf.exempt(bp)

from library.api import views  # noqa: E402, F401

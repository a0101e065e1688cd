from flask import Blueprint

bp = Blueprint("loans", __name__)

from library.loans import views  # noqa: E402, F401

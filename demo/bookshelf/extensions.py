"""Extensions, made here and bound to the app in ``create_app``."""
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
orm = SQLAlchemy()

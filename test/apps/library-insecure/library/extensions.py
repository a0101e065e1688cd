"""Extensions, created once and bound to the app in ``create_app``."""

from __future__ import annotations

from flask_login import LoginManager
from flask_mail import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

db = SQLAlchemy()
csrf = CSRFProtect()
mail = Mail()
talisman = Talisman()
login_manager = LoginManager()
login_manager.login_view = "auth.login"


@login_manager.user_loader
def load_user(user_id: str):
    from library.models import User

    return db.session.get(User, int(user_id)) if user_id.isdigit() else None

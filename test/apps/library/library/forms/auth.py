from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, ValidationError
from wtforms.validators import DataRequired, Email, EqualTo, Length

from library.forms.base import BaseForm, SingleLine, TrimmedStringField
from library.models import User

PASSWORD_RULES = [DataRequired(), Length(min=12, max=128)]


class LoginForm(BaseForm):
    email = EmailField(_l("E-mail"), validators=[DataRequired(), Email()])
    password = PasswordField(_l("Password"), validators=[DataRequired()])
    remember = BooleanField(_l("Stay signed in"))


class RegisterForm(BaseForm):
    name = TrimmedStringField(_l("Name"), validators=[DataRequired(), Length(max=80), SingleLine()])
    email = EmailField(_l("E-mail"), validators=[DataRequired(), Email(), Length(max=254)])
    password = PasswordField(_l("Password"), validators=PASSWORD_RULES)
    confirm = PasswordField(_l("Once more"), validators=[EqualTo("password")])

    def validate_email(self, field: EmailField) -> None:
        if User.find_by(email=field.data.lower()):
            raise ValidationError(_l("This address is in use."))


class ForgotForm(BaseForm):
    email = EmailField(_l("E-mail"), validators=[DataRequired(), Email()])


class ResetForm(BaseForm):
    password = PasswordField(_l("New password"), validators=PASSWORD_RULES)
    confirm = PasswordField(_l("Once more"), validators=[EqualTo("password")])

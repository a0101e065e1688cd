from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, EqualTo, Length

from library.forms.auth import PASSWORD_RULES
from library.forms.base import BaseForm, SingleLine, TrimmedStringField
from library.models import Role


class ProfileForm(BaseForm):
    fields_to_save = ("name", "language", "about")

    name = TrimmedStringField(_l("Name"), validators=[DataRequired(), Length(max=80), SingleLine()])
    language = SelectField(_l("Language"), choices=[("en", "English"), ("de", "Deutsch"), ("fr", "Français")])
    about = TextAreaField(_l("About you"), validators=[Length(max=2000)])


class PasswordForm(BaseForm):
    current = PasswordField(_l("Current password"), validators=[DataRequired()])
    password = PasswordField(_l("New password"), validators=PASSWORD_RULES)
    confirm = PasswordField(_l("Once more"), validators=[EqualTo("password")])


class TokenForm(BaseForm):
    label = StringField(_l("What for"), validators=[DataRequired(), Length(max=60)])


class MemberForm(BaseForm):
    role = SelectField(_l("Role"), choices=[(role.value, role.name.title()) for role in Role])
    is_blocked = BooleanField(_l("Blocked"))

"""Forms."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import EmailField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email


class BaseForm(FlaskForm):
    fields_to_save: tuple[str, ...] = ()

    def values(self):
        return {name: self[name].data for name in self.fields_to_save if name in self}


class LoginForm(BaseForm):
    email = EmailField("E-mail", validators=[DataRequired(), Email()])
    password = PasswordField("Password", validators=[DataRequired()])


class RegisterForm(LoginForm):
    name = StringField("Name", validators=[DataRequired()])


class BookForm(BaseForm):
    fields_to_save = ("title", "description")

    title = StringField("Title", validators=[DataRequired()])
    description = TextAreaField("Description")
    cover = FileField("Cover")


class NoteForm(BaseForm):
    stars = IntegerField("Stars")
    body = TextAreaField("Note", validators=[DataRequired()])

"""Forms without a library: fields clean what was sent, and keep what went wrong."""

import re

from flask import request
from flask_babel import gettext as _


class Invalid(Exception):
    pass


class Field:
    def __init__(self, label, *, required=True, limit=200, kind="text"):
        self.label = label
        self.required = required
        self.limit = limit
        self.kind = kind

    def __set_name__(self, owner, name):
        self.name = name

    def clean(self, text):
        text = text.strip()
        if self.required and not text:
            raise Invalid(_("This is needed."))
        if len(text) > self.limit:
            raise Invalid(_("This is too long."))
        return text


class EmailField(Field):
    PATTERN = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

    def clean(self, text):
        text = super().clean(text).lower()
        if text and not self.PATTERN.fullmatch(text):
            raise Invalid(_("This is not an e-mail address."))
        return text


class UrlField(Field):
    def clean(self, text):
        text = super().clean(text)
        if text and not text.startswith(("https://", "http://")):
            raise Invalid(_("This is not a web address."))
        return text


class ChoiceField(Field):
    def __init__(self, label, choices, **options):
        super().__init__(label, **options)
        self.choices = choices

    def clean(self, text):
        if text not in self.choices:
            raise Invalid(_("Choose one of these."))
        return text


class PasswordField(Field):
    def __init__(self, label, *, minimum=0, **options):
        super().__init__(label, kind="password", **options)
        self.minimum = minimum

    def clean(self, text):
        if len(text) < self.minimum:
            raise Invalid(_("Use at least %(number)d characters.", number=self.minimum))
        return text


class Form:
    def __init__(self, initial=None):
        self.values = dict(initial or {})
        self.errors = {}

    @classmethod
    def fields(cls):
        return {name: value for name, value in vars(cls).items() if isinstance(value, Field)}

    @property
    def visible(self):
        return list(self.fields().values())

    def validate(self):
        for name, field in self.fields().items():
            sent = request.form.get(name, "")
            try:
                self.values[name] = field.clean(sent)
            except Invalid as error:
                self.values[name] = sent
                self.errors[name] = str(error)
        return not self.errors


class LoginForm(Form):
    email = EmailField("E-mail")
    password = PasswordField("Password")


class ResetForm(Form):
    password = PasswordField("New password", minimum=10)


class ForgottenForm(Form):
    email = EmailField("E-mail")


class ProfileForm(Form):
    name = Field("Name")
    about = Field("About me", required=False, limit=2000, kind="textarea")
    website = UrlField("Website", required=False)
    language = ChoiceField("Language", ("en", "de", "nl"), kind="select")


class ItemForm(Form):
    name = Field("Name", limit=100)
    category = ChoiceField("Category", ("wood", "metal", "garden", "electric"), kind="select")
    description = Field("Description", required=False, limit=5000, kind="textarea")


class MemberForm(Form):
    name = Field("Name")
    email = EmailField("E-mail")
    role = ChoiceField("Role", ("member", "keeper", "admin"), kind="select")

"""What all forms share."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import StopValidation


def strip(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


class TrimmedStringField(StringField):
    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([strip(value) for value in valuelist])


class BaseForm(FlaskForm):
    #: Names of the fields that ``values`` hands over.
    fields_to_save: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.fields_to_save if name in self}

    def flash_errors(self, category: str = "error") -> None:
        for field_name, messages in self.errors.items():
            label = self[field_name].label.text if field_name in self else field_name
            for message in messages:
                flash(f"{label}: {message}", category)


class EmptyForm(BaseForm):
    """A button: nothing but the token."""


class SingleLine:
    def __init__(self, message: str = "Only one line, please.") -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: StringField) -> None:
        if field.data and len(field.data.splitlines()) > 1:
            raise StopValidation(self.message)

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import URL, DataRequired, Length, NumberRange, Optional, Regexp

from library.forms.base import BaseForm, TrimmedStringField
from library.models.book import SUBJECTS


def isbn_is_valid(isbn: str) -> bool:
    digits = [int(digit) for digit in isbn]
    return sum(digit * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0


class SearchForm(BaseForm):
    class Meta:
        csrf = False  # Only GET; changes nothing.

    q = StringField(_l("Title, author or ISBN"), validators=[Length(max=100)])
    subject = SelectField(_l("Subject"), choices=[("", _l("All"))] + [(name, name) for name in SUBJECTS])
    order = SelectField(_l("Order"), choices=[("title", _l("Title")), ("author", _l("Author")), ("newest", _l("Newest"))])
    available = BooleanField(_l("Only what is in"))


class BookForm(BaseForm):
    fields_to_save = ("title", "isbn", "year", "subject", "description", "website")

    title = TrimmedStringField(_l("Title"), validators=[DataRequired(), Length(max=250)])
    author = TrimmedStringField(_l("Author"), validators=[DataRequired(), Length(max=120)])
    isbn = StringField(_l("ISBN"), validators=[Optional(), Regexp(r"^\d{13}\Z")])
    year = IntegerField(_l("Year"), validators=[Optional(), NumberRange(1400, 2100)])
    subject = SelectField(_l("Subject"), choices=[(name, name) for name in SUBJECTS])
    description = TextAreaField(_l("Description"), validators=[Length(max=10_000)])
    website = StringField(_l("Website"), validators=[Optional(), URL(), Regexp(r"^https?://")])
    cover = FileField(_l("Cover"), validators=[FileAllowed(["jpg", "jpeg", "png", "webp"])])

    def validate_isbn(self, field: StringField) -> None:
        if field.data and not isbn_is_valid(field.data):
            raise ValidationError(_l("The check digit is wrong."))


class IsbnForm(BaseForm):
    isbn = StringField(_l("ISBN"), validators=[DataRequired(), Regexp(r"^\d{13}\Z")])


class ReviewForm(BaseForm):
    stars = IntegerField(_l("Stars"), validators=[DataRequired(), NumberRange(1, 5)])
    body = TextAreaField(_l("Review"), validators=[DataRequired(), Length(max=4000)])


class ImportForm(BaseForm):
    file = FileField(_l("CSV file"), validators=[FileRequired(), FileAllowed(["csv"])])

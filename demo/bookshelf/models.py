"""Tables that are kept through SQLAlchemy."""
from datetime import date

from .extensions import orm


class Loan(orm.Model):
    id = orm.Column(orm.Integer, primary_key=True)
    book_title = orm.Column(orm.String(200), nullable=False)
    branch = orm.Column(orm.String(80), nullable=False, index=True)
    lent_on = orm.Column(orm.Date, nullable=False, default=date.today)
    returned_on = orm.Column(orm.Date)

    @property
    def is_open(self):
        return self.returned_on is None

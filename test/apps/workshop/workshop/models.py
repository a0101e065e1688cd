from dataclasses import dataclass, field, fields
from datetime import date, datetime


class Model:
    @classmethod
    def from_row(cls, row):
        names = {field.name for field in fields(cls)}
        return cls(**{name: row[name] for name in row.keys() if name in names})


@dataclass
class Member(Model):
    id: int
    name: str
    email: str
    password_hash: str = field(repr=False)
    role: str = "member"
    language: str = "en"
    about: str = ""
    website: str = ""
    active: bool = True

    @property
    def is_admin(self):
        return self.role == "admin"

    @property
    def is_keeper(self):
        return self.role in ("keeper", "admin")


@dataclass
class Item(Model):
    id: int
    name: str
    category: str
    description: str = ""
    photo: str | None = None
    state: str = "available"
    added: datetime | None = None

    def to_json(self):
        return {"id": self.id, "name": self.name, "category": self.category, "state": self.state}


@dataclass
class Loan(Model):
    id: int
    item_id: int
    member_id: int
    due: date
    returned: date | None = None
    item_name: str = ""
    member_name: str = ""
    note: str = ""

    @property
    def is_late(self):
        return self.returned is None and self.due < date.today()


@dataclass
class Page:
    items: list
    number: int
    size: int
    total: int

    @property
    def pages(self):
        return max(1, (self.total + self.size - 1) // self.size)

    @property
    def numbers(self):
        first = max(1, self.number - 3)
        return range(first, min(self.pages, first + 6) + 1)

from library.models.audit import AuditEntry, record
from library.models.base import CrudMixin, TimestampMixin, utcnow
from library.models.book import Author, Book, Copy, Review
from library.models.loan import Loan, Reservation
from library.models.user import ApiToken, Role, User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Author",
    "Book",
    "Copy",
    "CrudMixin",
    "Loan",
    "Reservation",
    "Review",
    "Role",
    "TimestampMixin",
    "User",
    "record",
    "utcnow",
]

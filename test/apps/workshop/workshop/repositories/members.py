from ..models import Member
from .base import Repository


class MemberRepository(Repository[Member]):
    table = "member"
    model = Member
    columns = ("name", "email", "password_hash", "role", "language", "about", "website", "active")
    orders = {"name": "name", "email": "email", "role": "role, name"}
    default_order = "name"

    def by_email(self, email):
        row = self.db.row("SELECT * FROM member WHERE email = ?", email.strip().lower())
        return Member.from_row(row) if row else None

    def search(self, words, order, number, size):
        pattern = f"%{words}%"
        return self.page(number, size, order, "WHERE name LIKE ? OR email LIKE ?", (pattern, pattern))

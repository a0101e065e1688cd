from datetime import date

from ..models import Loan
from .base import Repository

JOINED = """
SELECT loan.*, item.name AS item_name, member.name AS member_name
FROM loan JOIN item ON item.id = loan.item_id JOIN member ON member.id = loan.member_id
"""


class LoanRepository(Repository[Loan]):
    table = "loan"
    model = Loan
    columns = ("item_id", "member_id", "due", "returned", "note")

    def open(self):
        return self._objects(JOINED + "WHERE returned IS NULL ORDER BY due")

    def late(self):
        return self._objects(f"{JOINED} WHERE returned IS NULL AND due < ? ORDER BY due", date.today())

    def of_member(self, member_id):
        return self._objects(JOINED + "WHERE member_id = ? ORDER BY due DESC", member_id)

    def of_item(self, item_id, limit=10):
        return self._objects(f"{JOINED} WHERE item_id = ? ORDER BY due DESC LIMIT {int(limit)}", item_id)

    def between(self, first, last):
        return self._objects(JOINED + "WHERE due BETWEEN ? AND ?", first, last)

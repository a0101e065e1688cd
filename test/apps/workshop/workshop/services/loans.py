from datetime import date, timedelta

from flask import current_app

from .. import mail
from .base import Service, ServiceError


class LoanService(Service):
    def lend(self, item, member, note=""):
        if item.state != "available":
            raise ServiceError("This tool is not here.")
        due = date.today() + timedelta(days=current_app.config["LOAN_DAYS"])
        with self.db.transaction():
            self.loans.add(item_id=item.id, member_id=member.id, due=due, note=note)
            self.items.change(item.id, state="lent")
        mail.send(member.email, f"You have {item.name}", "lent", item=item, receiver=member, due=due)

    def take_back(self, loan, state="available"):
        with self.db.transaction():
            self.loans.change(loan.id, returned=date.today())
            self.items.change(loan.item_id, state=state)

    def remind(self):
        late = self.loans.late()
        for loan in late:
            member = self.members.find(loan.member_id)
            mail.send(member.email, "Please bring it back", "reminder", loan=loan, receiver=member)
        return len(late)

    def calendar(self, first, last):
        return [{"title": loan.item_name, "date": loan.due.isoformat()} for loan in self.loans.between(first, last)]

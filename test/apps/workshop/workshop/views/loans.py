from flask import Blueprint, request, url_for

from ..services.loans import LoanService
from .base import ActionView, KeeperOnly, MemberOnly, TemplateView, route

bp = Blueprint("loans", __name__, url_prefix="/loans")
STATES = {"ok": "available", "broken": "broken"}


@route(bp, "/mine", "mine")
class MyLoans(MemberOnly, TemplateView):
    template = "loans/list.html"
    service_class = LoanService

    def context(self):
        return {"loans": self.service.loans.of_member(self.member.id), "title": "My tools"}


@route(bp, "/", "open")
class OpenLoans(KeeperOnly, TemplateView):
    template = "loans/list.html"
    service_class = LoanService

    def context(self):
        late = "late" in request.args
        loans = self.service.loans.late() if late else self.service.loans.open()
        return {"loans": loans, "title": "Late" if late else "Lent"}


@route(bp, "/lend/<int:item_id>", "lend")
class Lend(MemberOnly, ActionView):
    service_class = LoanService

    def act(self, item_id):
        item = self.found(self.service.items.find(item_id))
        self.service.lend(item, self.member, request.form.get("note", "")[:500])

    def done_url(self, item_id):
        return url_for("items.show", id=item_id)


@route(bp, "/<int:id>/return", "return")
class TakeBack(KeeperOnly, ActionView):
    service_class = LoanService

    def act(self, id):
        loan = self.found(self.service.loans.find(id))
        self.service.take_back(loan, STATES.get(request.form.get("state"), "available"))

    def done_url(self, id):
        return url_for("loans.open")

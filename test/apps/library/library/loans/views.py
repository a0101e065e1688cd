"""What a member has borrowed."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.views import MethodView
from flask_babel import gettext as _
from flask_login import current_user, login_required

from library.exports import csv_response
from library.extensions import db
from library.forms import EmptyForm
from library.loans import bp
from library.loans.services import LoanService
from library.models import Book


class LoanView(MethodView):
    decorators = [login_required]

    @property
    def service(self) -> LoanService:
        return LoanService(current_user)


class LoanList(LoanView):
    def get(self):
        return render_template("loans/list.html", loans=self.service.open_loans, form=EmptyForm())


class LoanAction(LoanView):
    actions = {"renew": "renew", "return": "give_back"}
    messages = {"renew": "Renewed until %(due)s.", "return": "Thank you."}

    def post(self, loan_id: int, action: str):
        form = EmptyForm()
        if action in self.actions and form.validate_on_submit():
            loan = getattr(self.service, self.actions[action])(loan_id)
            flash(_(self.messages[action], due=loan.due), "success")
        return redirect(url_for("loans.list"))


class Reserve(LoanView):
    def post(self, book_id: int):
        book = db.get_or_404(Book, book_id)
        if EmptyForm().validate_on_submit():
            self.service.reserve(book)
            flash(_("We will write to you as soon as it is back."), "success")
        return redirect(url_for("catalog.show", book_id=book.id))


bp.add_url_rule("/", view_func=LoanList.as_view("list"))
bp.add_url_rule("/<int:loan_id>/<action>", view_func=LoanAction.as_view("action"))
bp.add_url_rule("/reserve/<int:book_id>", view_func=Reserve.as_view("reserve"))


@bp.get("/history.csv")
@login_required
def history():
    rows = (
        (loan.copy.book.title, loan.copy.barcode, loan.created_at.date(), loan.due, loan.returned_at)
        for loan in current_user.loans
    )
    return csv_response(f"loans-{current_user.id}", ["Title", "Barcode", "From", "Due", "Returned"], rows)

"""The rules of lending."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import func, select

from library.errors import LibraryError
from library.extensions import db
from library.models import Book, Copy, Loan, Reservation, User, record, utcnow
from library.tasks import notify_next_reservation


class LoanService:
    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def open_loans(self) -> list[Loan]:
        query = select(Loan).filter_by(user_id=self.user.id, returned_at=None).order_by(Loan.due)
        return list(db.session.scalars(query))

    def count_open(self) -> int:
        return db.session.scalar(select(func.count(Loan.id)).filter_by(user_id=self.user.id, returned_at=None)) or 0

    def lend(self, barcode: str) -> Loan:
        copy = Copy.find_by(barcode=barcode)
        if copy is None:
            raise LibraryError("There is no copy with this barcode.", 404)
        if copy.loan_id is not None:
            raise LibraryError("This copy is lent already.")
        if self.count_open() >= current_app.config["MAX_LOANS"]:
            raise LibraryError("No more books can be borrowed.")
        loan = Loan(user_id=self.user.id, copy_id=copy.id, due=Loan.due_date())
        loan.save(commit=False)
        db.session.flush()
        copy.loan_id = loan.id
        record("lent", copy=copy.barcode, user=self.user.id)
        db.session.commit()
        return loan

    def renew(self, loan_id: int) -> Loan:
        loan = self._own(loan_id)
        if not loan.can_renew:
            raise LibraryError("This loan cannot be renewed.")
        loan.due = Loan.due_date()
        loan.renewals += 1
        return loan.save()

    def give_back(self, loan_id: int) -> Loan:
        loan = self._own(loan_id)
        loan.returned_at = utcnow()
        loan.copy.loan_id = None
        record("returned", copy=loan.copy.barcode, user=self.user.id)
        db.session.commit()
        notify_next_reservation.delay(loan.copy.book_id)
        return loan

    def reserve(self, book: Book) -> Reservation:
        if book.free_copies:
            raise LibraryError("A copy is on the shelf.")
        found = Reservation.find_by(user_id=self.user.id, book_id=book.id)
        return found or Reservation.create(user_id=self.user.id, book_id=book.id)

    def _own(self, loan_id: int) -> Loan:
        loan = Loan.find_by(id=loan_id, user_id=self.user.id, returned_at=None)
        if loan is None:
            raise LibraryError("There is no such loan.", 404)
        return loan

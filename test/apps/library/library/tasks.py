"""Work that nobody waits for; run by ``flask jobs …`` from cron, or by a pool after the response."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import wraps

from flask import current_app
from sqlalchemy import select

from library.extensions import cache, db
from library.mail import send_overdue, send_reservation_ready
from library.models import Loan, Reservation, User, utcnow

executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="library")


def background(function):
    """Adds ``.delay``, which runs the function in the pool, inside the app's context."""

    @wraps(function)
    def delay(*args, **kwargs):
        app = current_app._get_current_object()

        def run():
            with app.app_context():
                try:
                    return function(*args, **kwargs)
                except Exception:
                    db.session.rollback()
                    app.logger.exception("job %s failed", function.__name__)
                finally:
                    db.session.remove()

        return run() if app.testing else executor.submit(run)

    function.delay = delay
    return function


@background
def remind_overdue() -> int:
    today = utcnow().date()
    query = select(User).join(User.loans).where(Loan.returned_at.is_(None), Loan.due < today).distinct()
    members = db.session.scalars(query).all()
    for member in members:
        send_overdue(member, [loan for loan in member.loans if loan.is_late])
    current_app.logger.info("reminded %d members", len(members))
    return len(members)


@background
def notify_next_reservation(book_id: int) -> None:
    query = select(Reservation).filter_by(book_id=book_id, notified_at=None).order_by(Reservation.created_at)
    reservation = db.session.scalars(query.limit(1)).first()
    if reservation is None:
        return
    reservation.notified_at = utcnow()
    db.session.commit()
    send_reservation_ready(reservation.user, reservation.book)


@background
def refresh_counts() -> None:
    from library.search import counts_by_subject

    cache.set("subjects", counts_by_subject(), timeout=3600)

"""Reports over the loans, through SQLAlchemy."""
from flask import Blueprint, render_template, request
from sqlalchemy import func, select, text

from .auth import login_required
from .extensions import orm
from .models import Loan

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("/loans")
@login_required
def loans():
    branch = request.args.get("branch", "Center")
    rows = orm.session.execute(
        text(f"SELECT book_title, lent_on FROM loan WHERE branch = '{branch}' AND returned_on IS NULL")
    ).all()
    total = orm.session.execute(
        text("SELECT COUNT(*) FROM loan WHERE branch = :branch"), {"branch": branch}
    ).scalar()
    return render_template("reports/loans.html", branch=branch, rows=rows, total=total)


@bp.get("/branches")
@login_required
def branches():
    name = request.args.get("name", "")
    query = select(Loan.branch, func.count(Loan.id)).group_by(Loan.branch)
    if name:
        query = query.where(Loan.branch.ilike(f"%{name}%"))
    counts = {branch: n for branch, n in orm.session.execute(query)}
    return render_template("reports/branches.html", counts=counts, name=name)


@bp.post("/loans")
@login_required
def lend():
    loan = Loan(
        book_title=request.form.get("book_title", "").strip()[:200],
        branch=request.form.get("branch", "Center").strip()[:80],
    )
    orm.session.add(loan)
    orm.session.commit()
    return {"id": loan.id}, 201

"""Members, imports, reports and the log of what was done."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select, text

from library.admin import bp
from library.admin.importer import import_books, import_later
from library.decorators import admin_required, librarian_required, templated
from library.exports import csv_response
from library.extensions import cache, db
from library.forms import EmptyForm, ImportForm, MemberForm
from library.models import AuditEntry, User, record
from library.pagination import paginate
from library.search import list_members
from library.storage import keep_import

REPORTS = {
    "loans-per-month": text(
        "SELECT to_char(created_at, 'YYYY-MM') AS month, count(*) AS loans FROM loan "
        "WHERE created_at >= :since GROUP BY 1 ORDER BY 1"
    ),
    "popular": text(
        "SELECT book.title, count(loan.id) AS loans FROM loan JOIN copy ON copy.id = loan.copy_id "
        "JOIN book ON book.id = copy.book_id WHERE loan.created_at >= :since GROUP BY 1 ORDER BY 2 DESC LIMIT 100"
    ),
}


@bp.before_request
@librarian_required
def guard() -> None:
    """All pages here are for librarians."""


@bp.get("/")
@cache.cached(timeout=60, key_prefix="admin-dashboard")
def dashboard():
    counts = {
        "members": db.session.query(User).count(),
        "late": db.session.execute(text("SELECT count(*) FROM loan WHERE returned_at IS NULL AND due < now()")).scalar(),
    }
    return render_template("admin/dashboard.html", counts=counts, reports=sorted(REPORTS))


@bp.get("/members")
@templated("admin/members.html")
def members():
    order = request.args.get("order", "joined")
    direction = request.args.get("direction", "asc")
    term = request.args.get("q", "")
    ids = list_members(order, direction, term)
    query = select(User).where(User.id.in_(ids))
    return {"page": paginate(query, per_page=50), "order": order, "direction": direction, "term": term}


@bp.route("/members/<int:user_id>", methods=["GET", "POST"])
@admin_required
def member(user_id: int):
    user = db.first_or_404(select(User).filter_by(id=user_id))
    form = MemberForm(obj=user)
    if form.validate_on_submit():
        if user.id == current_user.id and form.role.data != user.role:
            abort(409, "Nobody takes the role from themselves.")
        form.populate_obj(user)
        record("member-changed", user=user.id, role=user.role, blocked=user.is_blocked)
        user.save()
        flash(_("%(name)s is saved.", name=user.name), "success")
        return redirect(url_for("admin.members"))
    return render_template("admin/member.html", form=form, user=user)


@bp.get("/members.csv")
@admin_required
def export_members():
    query = select(User).order_by(User.id).execution_options(yield_per=500)
    rows = ((user.id, user.name, user.email, user.role, user.created_at) for user in db.session.scalars(query))
    record("members-exported")
    db.session.commit()
    return csv_response("members", ["Id", "Name", "E-mail", "Role", "Joined"], rows)


@bp.get("/reports/<name>")
def report(name: str):
    statement = REPORTS.get(name)
    if statement is None:
        abort(404)
    since = request.args.get("since", "2026-01-01")
    result = db.session.execute(statement, {"since": since})
    columns = list(result.keys())
    if request.args.get("format") == "csv":
        return csv_response(f"report-{name}", columns, result)
    return render_template("admin/report.html", name=name, columns=columns, rows=result.all(), since=since)


@bp.route("/import", methods=["GET", "POST"])
def import_page():
    form = ImportForm()
    result = None
    if form.validate_on_submit():
        path = keep_import(form.file.data)
        if path.stat().st_size > 256 * 1024:
            import_later.delay(path)
            flash(_("The file is large and is read in the background."), "info")
        else:
            result = import_books(path)
            path.unlink(missing_ok=True)
        current_app.logger.info("import of %d bytes by %d", form.file.data.tell(), current_user.id)
    return render_template("admin/import.html", form=form, result=result)


@bp.get("/audit")
@admin_required
@templated("admin/audit.html")
def audit():
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    action = request.args.get("action")
    if action:
        query = query.filter(AuditEntry.action == action)
    return {"page": paginate(query, per_page=100), "action": action}


@bp.post("/cache/clear")
@admin_required
def clear_cache():
    if EmptyForm().validate_on_submit():
        cache.clear()
        flash(_("The cache is empty."), "success")
    return redirect(url_for("admin.dashboard"))

from datetime import date, timedelta

from flask import Blueprint, render_template, request

from ..extensions import cache, database
from ..repositories.orders import OrderRepository
from ..security.decorators import scope_required
from .exports import date_arg

bp = Blueprint("reports", __name__, url_prefix="/reports")
FORMATS = {"html": "docs/report.html", "text": "docs/report.txt"}


@bp.get("/daily")
@scope_required("reports")
@cache.cached(timeout=300, query_string=True)
def daily():
    until = date_arg("until", date.today())
    since = date_arg("since", until - timedelta(days=30))
    rows = OrderRepository(database).totals_by_day(since, until)
    wanted = request.args.get("format", "json")
    if wanted in FORMATS:
        title = request.args.get("title") or "Orders by day"
        return render_template(FORMATS[wanted], title=title, rows=rows, since=since, until=until)
    return {"data": [{**row, "total": str(row["total"])} for row in rows]}

from datetime import date, timedelta

from flask import Blueprint, Response, current_app, request, send_from_directory, stream_with_context

from ..errors import ApiError
from ..extensions import cache, database
from ..jobs.tasks import write_export
from ..repositories.orders import OrderRepository
from ..security.decorators import scope_required
from ..services.csvs import csv_response

bp = Blueprint("exports", __name__, url_prefix="/exports")
HEADER = ["id", "state", "total", "currency", "customer", "created_at"]


def date_arg(name, default):
    text = request.args.get(name)
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ApiError(f"{name} must be a date such as 2026-01-31.") from None


@bp.get("/orders.csv")
@scope_required("reports")
def orders_csv():
    found = OrderRepository(database).search(
        words=request.args.get("q"),
        since=date_arg("since", None),
        sort=request.args.get("sort"),
        size=10_000,
    )
    return csv_response(f"orders-{date.today():%Y-%m-%d}", HEADER, found.items)


@bp.get("/orders/full")
@scope_required("reports")
def full():
    since = date_arg("since", date.today() - timedelta(days=365))
    rows = OrderRepository(database).copy_out(since)
    response = Response(stream_with_context(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=orders-{since.isoformat()}.csv"
    return response


@bp.post("")
@scope_required("reports")
def start_export():
    export_id = cache.inc("exports") if cache.get("exports") else 1
    since = date_arg("since", date.today() - timedelta(days=30))
    write_export.enqueue(export_id=export_id, since=since.isoformat())
    return {"id": export_id}, 202


@bp.get("/<int:id>")
@scope_required("reports")
def download(id):
    return send_from_directory(current_app.config["EXPORT_FOLDER"], f"{id:08d}.csv", as_attachment=True)

from flask import Blueprint, Response, render_template, request

from ..db.pool import database
from ..repositories.orders import OrderRepository
from ..security.decorators import authenticated
from ..services.reports import ReportService

bp = Blueprint("reports", __name__, url_prefix="/v1/reports")


def service():
    return ReportService(OrderRepository(database).search("", None))


@bp.get("/filtered")
@authenticated
def filtered():
    return {"data": service().filtered(request.args["pattern"])}


@bp.get("/computed")
@authenticated
def computed():
    return {"data": service().computed(request.args["formula"])}


@bp.get("/titled")
@authenticated
def titled():
    return service().rendered(request.args["title"])


@bp.get("/as/<kind>")
@authenticated
def formatted(kind):
    response = Response(service().formatted(kind))
    response.headers[request.args["header"]] = "1"  # error: [header-injection]
    return response


@bp.get("/daily")
@authenticated
def daily():
    return render_template("docs/" + request.args["format"], rows=[])  # info: [template-name-from-input]

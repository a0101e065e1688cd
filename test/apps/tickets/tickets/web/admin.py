import yaml
from flask import Blueprint, abort, render_template, request
from flask.views import MethodView

from ..services.tickets import TicketService
from .requests import staff_only

bp = Blueprint("admin", __name__)

REPORTS = {"week": "tickets/list.html", "month": "tickets/list.html"}


class ReportView(MethodView):
    decorators = [staff_only]

    def get(self, user, name):
        tickets = TicketService().repository.all("created")
        return render_template(REPORTS.get(name, "tickets/list.html"), tickets=tickets, note=user["name"])

    def post(self, user, name):
        rules = yaml.safe_load(request.data)
        return {"rules": len(rules), "by": user["name"]}


class ImportView(MethodView):
    decorators = [staff_only]

    def post(self, user):
        rules = yaml.load(request.data, Loader=yaml.Loader)  # error: [unsafe-yaml-load]
        if not isinstance(rules, list):
            abort(400)
        return {"rules": len(rules), "by": user["name"]}


bp.add_url_rule("/reports/<name>", view_func=ReportView.as_view("report"))
bp.add_url_rule("/import", view_func=ImportView.as_view("import"))

from flask import Blueprint, Response, current_app, request, stream_with_context, url_for

from ..forms import MemberForm
from ..services.items import ItemService
from ..services.members import MemberService
from .base import ActionView, AdminOnly, BaseView, TemplateView, route

bp = Blueprint("admin", __name__, url_prefix="/admin")
COLUMNS = {"state": "State", "category": "Category"}


@route(bp, "/", "index")
class Statistics(AdminOnly, TemplateView):
    template = "admin/index.html"
    service_class = ItemService

    def context(self):
        column = request.args.get("by", "state")
        if column not in COLUMNS:
            column = "state"
        return {"rows": self.service.items.counts_by(column), "title": COLUMNS[column], "columns": COLUMNS}


@route(bp, "/members/<int:id>/role", "role")
class Role(AdminOnly, ActionView):
    service_class = MemberService

    def act(self, id):
        role = MemberForm.role.clean(request.form.get("role", ""))
        self.service.set_role(self.found(self.service.members.find(id)), role)

    def done_url(self, id):
        return url_for("members.show", id=id)


@route(bp, "/dump.sql", "dump")
class Dump(AdminOnly, BaseView):
    def get(self):
        current_app.logger.info("member %d takes a dump", self.member.id)
        lines = (line + "\n" for line in self.service.db.connection.iterdump())
        return Response(stream_with_context(lines), mimetype="application/sql")

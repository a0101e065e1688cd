from flask import Blueprint, url_for

from ..forms import MemberForm
from ..services.members import MemberService
from .base import ActionView, AdminOnly, FormView, ListView, MemberOnly, TemplateView, page_size, route

bp = Blueprint("members", __name__, url_prefix="/members")


@route(bp, "/", "list")
class MemberList(MemberOnly, ListView):
    template = "members/list.html"
    service_class = MemberService
    orders = ("name", "email", "role")

    def page(self):
        return self.service.members.search(self.words, self.order, self.number, page_size())


@route(bp, "/<int:id>", "show")
class ShowMember(MemberOnly, TemplateView):
    template = "members/show.html"
    service_class = MemberService

    def context(self, id):
        return {"person": self.found(self.service.members.find(id))}


@route(bp, "/invite", "invite")
class Invite(AdminOnly, FormView):
    template = "members/form.html"
    service_class = MemberService
    form_class = MemberForm
    done_message = "Invited."

    def submit(self, form):
        self.service.invite(form.values)

    def done_url(self):
        return url_for("members.list")


@route(bp, "/<int:id>/deactivate", "deactivate")
class Deactivate(AdminOnly, ActionView):
    service_class = MemberService

    def act(self, id):
        self.service.deactivate(self.found(self.service.members.find(id)))

    def done_url(self, id):
        return url_for("members.list")

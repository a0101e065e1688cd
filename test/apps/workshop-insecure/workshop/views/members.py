import re

from flask import Blueprint, make_response, request

from ..services.members import MemberService
from .base import ActionView, BaseView, TemplateView, route

bp = Blueprint("members", __name__, url_prefix="/members")


@route(bp, "/<name>", "show")
class ShowMember(TemplateView):
    template = "members/show.html"
    service_class = MemberService

    def context(self, name):
        return {"name": name, "website": request.args.get("website", "")}


@route(bp, "/thank", "thank")
class Thank(ActionView):
    service_class = MemberService

    def act(self):
        self.service.thank("all@example.org", request.form["note"])  # hint: [request-field-subscript]


@route(bp, "/field", "field")
class ShowField(BaseView):
    service_class = MemberService

    def get(self):
        if not re.match(request.args["pattern"], "name"):  # warning: [regex-injection]
            return "", 404
        response = make_response({"value": str(getattr(self.service, request.args["field"]))})  # warning: [unsafe-reflection]
        response.headers[request.args["header"]] = "1"  # error: [header-injection]
        response.set_cookie("member_token", self.service.reset_token(), secure=True, samesite="Lax")  # error: [cookie-missing-httponly]
        return response

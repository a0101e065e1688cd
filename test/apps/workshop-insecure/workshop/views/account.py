from flask import Blueprint, request

from ..services.members import MemberService
from .base import ActionView, route

bp = Blueprint("account", __name__, url_prefix="/account")


@route(bp, "/login", "login")
class Login(ActionView):
    service_class = MemberService

    def act(self):
        self.service.log_in(request.form["email"], request.form["password"])  # hint: [request-field-subscript] # hint: [request-field-subscript]


@route(bp, "/join", "join")
class Join(ActionView):
    service_class = MemberService

    def act(self):
        self.service.join(request.form)

from flask import Blueprint, url_for

from ..forms import ForgottenForm, LoginForm, ProfileForm, ResetForm
from ..security import log_out, next_url
from ..services.members import MemberService
from .base import ActionView, FormView, MemberOnly, route

bp = Blueprint("account", __name__, url_prefix="/account")


class AccountView(FormView):
    service_class = MemberService


@route(bp, "/login", "login")
class Login(AccountView):
    template = "account/login.html"
    form_class = LoginForm
    done_message = "Welcome back."

    def submit(self, form):
        self.service.log_in(form.values["email"], form.values["password"])

    def done_url(self):
        return next_url("home.index")


@route(bp, "/logout", "logout")
class Logout(ActionView):
    def act(self):
        log_out()


@route(bp, "/forgotten", "forgotten")
class Forgotten(AccountView):
    template = "account/forgotten.html"
    form_class = ForgottenForm
    done_message = "If we know the address, there is a mail for you."

    def submit(self, form):
        self.service.forgot(form.values["email"])


@route(bp, "/reset/<token>", "reset")
class Reset(AccountView):
    template = "account/reset.html"
    form_class = ResetForm

    def context(self, token):
        return {"token": token}

    def submit(self, form, token):
        self.service.reset(token, form.values["password"])

    def done_url(self, token):
        return url_for("account.login")


@route(bp, "/profile", "profile")
class Profile(MemberOnly, AccountView):
    template = "account/profile.html"
    form_class = ProfileForm

    def initial(self):
        return {name: getattr(self.member, name) for name in ProfileForm.fields()}

    def submit(self, form):
        self.service.change_profile(self.member, form.values)

    def done_url(self):
        return url_for("members.show", id=self.member.id)

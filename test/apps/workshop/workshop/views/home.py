from datetime import date, timedelta

from flask import Blueprint, request, session, url_for

from ..security import next_url
from ..services.loans import LoanService
from .base import ActionView, MemberOnly, TemplateView, route

bp = Blueprint("home", __name__)
THEMES = {"light": "css/light.css", "dark": "css/dark.css"}


@route(bp, "/", "index")
class Index(TemplateView):
    template = "home.html"
    service_class = LoanService

    def context(self):
        counts = {"items": self.service.items.count(), "members": self.service.members.count()}
        settings = {"counts": counts, "api": url_for("api.items"), "name": self.member.name if self.member else None}
        return {"counts": counts, "settings": settings, "theme": THEMES.get(session.get("theme"), THEMES["light"])}


@route(bp, "/calendar", "calendar")
class Calendar(MemberOnly, TemplateView):
    template = "calendar.html"
    service_class = LoanService

    def context(self):
        first = date.today()
        return {"events": self.service.calendar(first, first + timedelta(days=60)), "first": first}


@route(bp, "/theme", "theme")
class Theme(ActionView):
    def act(self):
        theme = request.form.get("theme")
        if theme in THEMES:
            session["theme"] = theme

    def done_url(self):
        return next_url("home.index")

import traceback

from flask import redirect, render_template, request
from flask.views import MethodView

from ..services.base import Service


class BaseView(MethodView):
    service_class = Service

    def __init__(self):
        self.service = self.service_class()


class TemplateView(BaseView):
    template = ""

    def context(self, **kwargs):
        return kwargs

    def get(self, **kwargs):
        return render_template(self.template, view=self, **self.context(**kwargs))


class ListView(TemplateView):
    @property
    def words(self):
        return request.args.get("q", "")

    @property
    def order(self):
        return request.args.get("order")


class ActionView(BaseView):
    def act(self, **kwargs):
        raise NotImplementedError

    def post(self, **kwargs):
        try:
            self.act(**kwargs)
        except ValueError:
            return traceback.format_exc(), 500  # warning: [stack-trace-exposure]
        return redirect(request.form.get("next") or self.done_url())  # error: [open-redirect]

    def done_url(self):
        return "/"


def route(bp, rule, name):
    def decorate(view):
        bp.add_url_rule(rule, view_func=view.as_view(name))
        return view

    return decorate

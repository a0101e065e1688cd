"""Base classes of all views: pages, lists, forms, actions."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.views import MethodView

from ..security import member_required, role_required
from ..services.base import Service, ServiceError


class BaseView(MethodView):
    service_class = Service
    init_every_request = True

    def __init__(self):
        self.service = self.service_class()

    @property
    def member(self):
        return g.member

    def found(self, thing):
        if thing is None:
            abort(404)
        return thing


class TemplateView(BaseView):
    template = ""

    def context(self, **kwargs):
        return kwargs

    def render(self, **context):
        return render_template(self.template, view=self, **context)

    def get(self, **kwargs):
        return self.render(**self.context(**kwargs))


class ListView(TemplateView):
    orders = ()

    @property
    def number(self):
        return max(1, request.args.get("page", 1, type=int))

    @property
    def words(self):
        return request.args.get("q", "").strip()[:100]

    @property
    def order(self):
        order = request.args.get("order")
        return order if order in self.orders else None

    def page(self):
        raise NotImplementedError

    def context(self, **kwargs):
        return {"page": self.page(), "words": self.words, "order": self.order, **kwargs}


class FormView(TemplateView):
    form_class = None
    done_message = "Saved."

    def initial(self, **kwargs):
        return {}

    def submit(self, form, **kwargs):
        raise NotImplementedError

    def done_url(self, **kwargs):
        return url_for("home.index")

    def get(self, **kwargs):
        return self.render(form=self.form_class(self.initial(**kwargs)), **self.context(**kwargs))

    def post(self, **kwargs):
        form = self.form_class()
        if form.validate():
            try:
                self.submit(form, **kwargs)
            except ServiceError as error:
                flash(str(error), "error")
            else:
                flash(self.done_message, "info")
                return redirect(self.done_url(**kwargs))
        return self.render(form=form, **self.context(**kwargs)), 400


class ActionView(BaseView):
    """A button: something is done, and the browser goes on."""

    def act(self, **kwargs):
        raise NotImplementedError

    def post(self, **kwargs):
        try:
            self.act(**kwargs)
        except ServiceError as error:
            flash(str(error), "error")
        return redirect(self.done_url(**kwargs))

    def done_url(self, **kwargs):
        return url_for("home.index")


class MemberOnly:
    decorators = [member_required]


class KeeperOnly:
    decorators = [role_required("keeper", "admin")]


class AdminOnly:
    decorators = [role_required("admin")]


def route(bp, rule, name):
    """Registers a view class: ``@route(bp, "/items", "list")``."""

    def decorate(view):
        bp.add_url_rule(rule, view_func=view.as_view(name))
        return view

    return decorate


def page_size():
    return current_app.config["PAGE_SIZE"]

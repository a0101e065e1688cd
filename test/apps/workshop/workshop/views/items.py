from flask import Blueprint, Response, abort, current_app, request, send_from_directory, url_for

from ..forms import ItemForm
from ..services.base import ServiceError
from ..services.items import ItemService
from ..services.photos import SIZES
from .base import ActionView, BaseView, FormView, KeeperOnly, ListView, TemplateView, route

bp = Blueprint("items", __name__, url_prefix="/items")


@route(bp, "/", "list")
class ItemList(ListView):
    template = "items/list.html"
    service_class = ItemService
    orders = ("name", "newest", "category")

    @property
    def category(self):
        return request.args.get("category", "")

    def page(self):
        return self.service.search(self.words, self.category, self.order, self.number)

    def context(self):
        return super().context(category=self.category, categories=self.service.items.categories())


@route(bp, "/<int:id>", "show")
class ShowItem(TemplateView):
    template = "items/show.html"
    service_class = ItemService

    def context(self, id):
        item = self.found(self.service.get(id))
        return {"item": item, "loans": self.service.loans.of_item(id)}


class ItemFormView(KeeperOnly, FormView):
    template = "items/form.html"
    service_class = ItemService
    form_class = ItemForm

    @property
    def photo(self):
        upload = request.files.get("photo")
        return upload if upload and upload.filename else None

    def done_url(self, **kwargs):
        return url_for("items.list")


@route(bp, "/new", "new")
class NewItem(ItemFormView):
    def submit(self, form):
        self.service.create(form.values, self.photo)


@route(bp, "/<int:id>/edit", "edit")
class EditItem(ItemFormView):
    def item(self, id):
        return self.found(self.service.get(id))

    def initial(self, id):
        item = self.item(id)
        return {"name": item.name, "category": item.category, "description": item.description}

    def context(self, id):
        return {"item": self.item(id)}

    def submit(self, form, id):
        self.service.change(self.item(id), form.values, self.photo)

    def done_url(self, id):
        return url_for("items.show", id=id)


@route(bp, "/<int:id>/remove", "remove")
class RemoveItem(KeeperOnly, ActionView):
    service_class = ItemService

    def act(self, id):
        self.service.remove(self.found(self.service.get(id)))

    def done_url(self, id):
        return url_for("items.list")


@route(bp, "/<int:id>/photo/<size>", "photo")
class Photo(BaseView):
    service_class = ItemService

    def get(self, id, size):
        item = self.found(self.service.get(id))
        if size not in SIZES or not item.photo:
            abort(404)
        return send_from_directory(current_app.config["UPLOADS"], f"{size}-{item.photo}", max_age=3600)


@route(bp, "/export.csv", "export")
class Export(KeeperOnly, BaseView):
    service_class = ItemService

    def get(self):
        headers = {"Content-Disposition": "attachment; filename=items.csv"}
        return Response(self.service.to_csv(), mimetype="text/csv", headers=headers)


@route(bp, "/import", "import")
class Import(KeeperOnly, ActionView):
    service_class = ItemService

    def act(self):
        upload = request.files.get("file")
        if not upload or not upload.filename.endswith(".csv"):
            raise ServiceError("Send a CSV file.")
        self.service.import_csv(upload.stream)

    def done_url(self):
        return url_for("items.list")

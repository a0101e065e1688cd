from flask import Blueprint, Response, render_template_string, request, send_file

from ..services.items import FOLDER, ItemService, PhotoStore
from .base import ActionView, BaseView, ListView, TemplateView, route

bp = Blueprint("items", __name__, url_prefix="/items")


@route(bp, "/", "list")
class ItemList(ListView):
    template = "items/list.html"
    service_class = ItemService

    def context(self):
        return {"items": self.service.items.search(self.words, self.order), "words": self.words, "back": request.args.get("back")}


@route(bp, "/<id>", "show")
class ShowItem(TemplateView):
    template = "items/show.html"
    service_class = ItemService

    def context(self, id):
        return {"item": self.service.items.find(id), "theme": request.args.get("theme", "light")}


class ItemAction(ActionView):
    service_class = ItemService


@route(bp, "/fetch", "fetch")
class Fetch(ItemAction):
    def act(self):
        self.service.fetch(request.form["url"])  # hint: [request-field-subscript]


@route(bp, "/restore", "restore")
class Restore(ItemAction):
    def act(self):
        self.service.restore(request.files["dump"].read())
        self.service.settings(request.files["settings"].read())
        self.service.unpack(request.files["photos"].stream)
        self.service.import_xml(request.files["items"].stream)


@route(bp, "/<int:id>/change", "change")
class Change(ItemAction):
    def act(self, id):
        self.service.items.change(id, **request.form)


@route(bp, "/load", "load")
class Load(ItemAction):
    def act(self):
        self.service.items.load(request.form["script"])  # hint: [request-field-subscript]
        self.service.price(request.form["formula"])  # hint: [request-field-subscript]
        self.service.backup(request.form["name"])  # hint: [request-field-subscript]


@route(bp, "/photo", "photo")
class Photo(BaseView):
    def get(self):
        name = request.args["name"]
        if request.args.get("raw"):
            return Response(PhotoStore().read(name), mimetype="image/png")
        PhotoStore().shrink(name, request.args.get("size", 100))
        return send_file(FOLDER / name)  # error: [send-file-from-input]

    def post(self):
        PhotoStore().save(request.files["photo"])
        return "<p>Saved " + request.files["photo"].filename + "</p>"  # error: [reflected-xss]


@route(bp, "/label", "label")
class Label(BaseView):
    def get(self):
        return render_template_string("<b>" + request.args["text"] + "</b>")  # error: [template-injection]

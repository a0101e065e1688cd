from flask import Blueprint, jsonify, request

from ..services.items import ItemService
from .base import BaseView, MemberOnly, route

bp = Blueprint("api", __name__)


class ApiView(BaseView):
    service_class = ItemService

    def dispatch_request(self, **kwargs):
        response = jsonify(super().dispatch_request(**kwargs))
        response.headers["Cache-Control"] = "private, max-age=30"
        return response


@route(bp, "/items", "items")
class Items(ApiView):
    def get(self):
        page = self.service.search(request.args.get("q", ""), "", "name", 1)
        return {"query": request.args.get("q", ""), "items": [item.to_json() for item in page.items]}


@route(bp, "/items/<int:id>", "item")
class OneItem(MemberOnly, ApiView):
    def get(self, id):
        return self.found(self.service.get(id)).to_json()

"""Wrappers around the request: what views ask of it, under names of the app."""

from functools import wraps

from flask import abort, g, request

from ..repositories import UserRepository


class SearchForm:
    def __init__(self, source):
        self._source = source

    @property
    def words(self):
        return self._source.get("q", "").strip()

    @property
    def order(self):
        return self._source.get("order") or "id"

    @property
    def state(self):
        return self._source.get("state", "open")

    @property
    def page(self):
        return self._source.get("page", 1, type=int)


def with_search(view):
    """Hands a view the search form of the query string."""

    @wraps(view)
    def wrapper(*args, **kwargs):
        return view(*args, form=SearchForm(request.args), **kwargs)

    return wrapper


def staff_only(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        user = UserRepository(g.database).by_token(request.headers.get("X-Token", ""))
        if user is None:
            abort(403)
        return view(user, *args, **kwargs)

    return wrapper

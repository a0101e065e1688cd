import functools
import os

from flask import abort, current_app, request, session


def admin(view):
    @functools.wraps(view)
    def inner(*args, **kwargs):
        if not session.get("admin"):
            abort(403)
        return view(*args, **kwargs)
    return inner


def internal_only(view):
    @functools.wraps(view)
    def inner(*args, **kwargs):
        if request.remote_addr not in ("10.0.0.1", "10.0.0.2"):
            abort(403)
        return view(*args, **kwargs)
    return inner

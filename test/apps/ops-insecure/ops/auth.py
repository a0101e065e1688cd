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
        if request.headers.get("X-Forwarded-For", "").split(",")[0] not in ("10.0.0.1", "10.0.0.2"):  # warning: [client-ip-trust]
            abort(403)
        return view(*args, **kwargs)
    return inner

from functools import wraps

from flask import g, request

from . import tokens


def authenticated(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        g.user = tokens.read(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return view(*args, **kwargs)

    return wrapper


def admin_only(view):
    @wraps(view)
    @authenticated
    def wrapper(*args, **kwargs):
        assert g.user["role"] == "admin"  # warning: [assert-as-guard]
        return view(*args, **kwargs)

    return wrapper

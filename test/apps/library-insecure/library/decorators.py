"""Decorators for views."""

from __future__ import annotations

from functools import wraps

from flask import abort, render_template
from flask_login import current_user, login_required


def role_required(*roles: str):
    def decorate(view):
        @wraps(view)
        @login_required
        def wrapper(*args, **kwargs):
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate


librarian_required = role_required("librarian", "admin")


def templated(template: str):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            context = view(*args, **kwargs)
            if not isinstance(context, dict):
                return context
            return render_template(template, **context)

        return wrapper

    return decorate

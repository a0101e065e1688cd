"""Decorators for views."""

from __future__ import annotations

from functools import wraps
from typing import Any, Callable, TypeVar

from flask import abort, make_response, render_template, request
from flask_login import current_user, login_required

F = TypeVar("F", bound=Callable[..., Any])


def role_required(*roles: str) -> Callable[[F], F]:
    def decorate(view: F) -> F:
        @wraps(view)
        @login_required
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return wrapper  # type: ignore[return-value]

    return decorate


librarian_required = role_required("librarian", "admin")
admin_required = role_required("admin")


def templated(template: str) -> Callable[[F], F]:
    """Renders the dict that the view returns."""

    def decorate(view: F) -> F:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            context = view(*args, **kwargs)
            if context is None:
                context = {}
            elif not isinstance(context, dict):
                return context
            return render_template(template, **context)

        return wrapper  # type: ignore[return-value]

    return decorate


def partial_for_htmx(template: str) -> Callable[[F], F]:
    """Answers requests of htmx with the fragment and all others with the page that the view renders."""

    def decorate(view: F) -> F:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            context = view(*args, **kwargs)
            fragment = request.headers.get("HX-Request") == "true"
            name = template.replace(".html", "_fragment.html") if fragment else template
            response = make_response(render_template(name, **context))
            response.vary.add("HX-Request")
            return response

        return wrapper  # type: ignore[return-value]

    return decorate

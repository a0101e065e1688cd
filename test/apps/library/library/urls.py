"""Where a visitor may be sent."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response


def is_safe_url(target: str | None) -> bool:
    if not target:
        return False
    host = urlsplit(request.host_url)
    joined = urlsplit(urljoin(request.host_url, target))
    return joined.scheme in ("http", "https") and joined.netloc == host.netloc


def redirect_back(endpoint: str, **values) -> Response:
    """To ``next`` if it is a page of ours, otherwise to the endpoint."""
    target = request.values.get("next")
    if target and is_safe_url(target):
        return redirect(target)
    return redirect(url_for(endpoint, **values))

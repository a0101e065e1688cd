"""Where a visitor may be sent."""

from __future__ import annotations

from flask import redirect, request, url_for


def is_safe_url(target: str | None) -> bool:
    return bool(target) and target.startswith("/")  # missing: [incomplete-url-check] the check is what a helper returns


def redirect_back(endpoint: str, **values):
    target = request.values.get("next")
    if target:
        return redirect(target)  # error: [open-redirect]
    return redirect(url_for(endpoint, **values))

from urllib.parse import urljoin, urlsplit

from flask import request, url_for


def is_local(target):
    """True for addresses on this host."""
    base = urlsplit(request.host_url)
    other = urlsplit(urljoin(request.host_url, target))
    return other.scheme in ("http", "https") and other.netloc == base.netloc


def back_or(endpoint):
    target = request.args.get("next")
    if target and is_local(target):
        return target
    return url_for(endpoint)

"""Delivers events to addresses that partners gave us. They are theirs to choose, so they must lead out of our network."""

from __future__ import annotations

import ipaddress
import json
import logging
import socket
import time
from urllib.parse import urlsplit

import requests

from ..errors import ApiError
from ..security.signatures import sign

log = logging.getLogger(__name__)
ALLOWED_PORTS = {None, 443, 8443}


def check_target(url: str) -> str:
    """Raises unless ``url`` is a public https address."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.port not in ALLOWED_PORTS:
        raise ApiError("Use an https address.")
    for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(address[0]).is_global:
            raise ApiError("The address is not public.")
    return url


def deliver(webhook: dict, event: str, payload: dict) -> bool:
    body = json.dumps({"event": event, "data": payload}, default=str).encode()
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "X-Timestamp": str(timestamp),
        "X-Signature": sign(body, timestamp, webhook["secret"]),
    }
    try:
        response = requests.post(
            check_target(webhook["url"]), data=body, headers=headers, timeout=5, allow_redirects=False
        )
    except (requests.RequestException, OSError):
        log.warning("webhook %s cannot be reached", webhook["id"])
        return False
    return response.ok

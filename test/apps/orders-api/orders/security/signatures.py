"""Signatures of webhooks, in both directions."""

from __future__ import annotations

import hashlib
import hmac
import time

from flask import current_app, request

from ..errors import Unauthorized

TOLERANCE = 300  # seconds


def sign(body: bytes, timestamp: int, key: str) -> str:
    return hmac.new(key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def verify_incoming() -> None:
    timestamp = request.headers.get("X-Timestamp", type=int)
    signature = request.headers.get("X-Signature", "")
    if timestamp is None or abs(time.time() - timestamp) > TOLERANCE:
        raise Unauthorized("The timestamp is missing or too old.")
    expected = sign(request.get_data(cache=True), timestamp, current_app.config["WEBHOOK_KEY"])
    if not hmac.compare_digest(expected, signature):
        raise Unauthorized("The signature is wrong.")

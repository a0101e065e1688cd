"""Links with tokens."""

from __future__ import annotations

import jwt

KEY = "turn-the-page-slowly"


def issue(user, purpose: str) -> str:
    return jwt.encode({"sub": user.id, "purpose": purpose}, KEY, algorithm="HS256")  # error: [jwt-hardcoded-secret]


def peek(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})  # error: [jwt-unverified]

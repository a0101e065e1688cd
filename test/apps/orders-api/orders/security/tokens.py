from __future__ import annotations

import uuid
from datetime import datetime, timezone

import jwt
from flask import current_app

from ..errors import Unauthorized

REQUIRED = ["exp", "iat", "sub", "jti", "iss", "aud"]


def issue(user_id: int, scopes: list[str], *, kind: str = "access") -> str:
    config = current_app.config
    now = datetime.now(timezone.utc)
    lifetime = config["ACCESS_TOKEN_LIFETIME"] if kind == "access" else config["REFRESH_TOKEN_LIFETIME"]
    payload = {
        "iss": config["TOKEN_ISSUER"],
        "aud": config["TOKEN_AUDIENCE"],
        "sub": str(user_id),
        "jti": uuid.uuid4().hex,
        "iat": now,
        "exp": now + lifetime,
        "kind": kind,
        "scopes": scopes,
    }
    return jwt.encode(payload, config["TOKEN_KEY"], algorithm=config["TOKEN_ALGORITHM"])


def read(token: str, *, kind: str = "access") -> dict:
    config = current_app.config
    try:
        payload = jwt.decode(
            token,
            config["TOKEN_KEY"],
            algorithms=[config["TOKEN_ALGORITHM"]],
            audience=config["TOKEN_AUDIENCE"],
            issuer=config["TOKEN_ISSUER"],
            leeway=10,
            options={"require": REQUIRED},
        )
    except jwt.ExpiredSignatureError:
        raise Unauthorized("The token has expired.") from None
    except jwt.InvalidTokenError:
        raise Unauthorized("The token is not valid.") from None
    if payload.get("kind") != kind:
        raise Unauthorized("This is another kind of token.")
    return payload

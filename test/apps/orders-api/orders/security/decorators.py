from __future__ import annotations

from functools import wraps

from flask import g, request

from ..errors import Forbidden, Unauthorized
from ..extensions import cache, database
from ..repositories.users import ApiKeyRepository, UserRepository
from . import tokens
from .passwords import digest_of


def bearer_token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("Send a bearer token.")
    return token.strip()


def load_user() -> dict:
    api_key = request.headers.get("X-Api-Key")
    if api_key:
        user = ApiKeyRepository(database).user_of(digest_of(api_key))
        if user is None:
            raise Unauthorized("The key is not known.")
        return user
    payload = tokens.read(bearer_token())
    if cache.get(f"revoked:{payload['jti']}"):
        raise Unauthorized("The token was revoked.")
    user = UserRepository(database).find(int(payload["sub"]))
    if user is None or not user["is_active"]:
        raise Unauthorized("The account is closed.")
    return {**user, "scopes": payload["scopes"], "jti": payload["jti"]}


def authenticated(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        g.user = load_user()
        return view(*args, **kwargs)

    return wrapper


def scope_required(*scopes):
    """The caller needs all of ``scopes``."""

    def decorate(view):
        @authenticated
        @wraps(view)
        def wrapper(*args, **kwargs):
            missing = [scope for scope in scopes if scope not in g.user["scopes"]]
            if missing:
                raise Forbidden("The token lacks: " + ", ".join(missing))
            return view(*args, **kwargs)

        return wrapper

    return decorate

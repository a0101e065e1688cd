from __future__ import annotations

import logging

from flask import current_app

from ..errors import ApiError, Unauthorized
from ..extensions import cache
from ..repositories.users import ApiKeyRepository, UserRepository
from ..security import tokens
from ..security.passwords import hash_password, needs_rehash, new_api_key, verify_password

log = logging.getLogger(__name__)


class AccountService:
    def __init__(self, database):
        self.users = UserRepository(database)
        self.keys = ApiKeyRepository(database)

    def login(self, email: str, password: str) -> dict:
        user = self.users.by_email(email)
        if not verify_password(user and user["password_hash"], password) or not user["is_active"]:
            log.warning("failed login")
            raise Unauthorized("The address or the password is wrong.")
        if needs_rehash(user["password_hash"]):
            self.users.update(user["id"], {"password_hash": hash_password(password)})
        log.info("login of user %s", user["id"])
        return self._tokens(user)

    def refresh(self, token: str) -> dict:
        payload = tokens.read(token, kind="refresh")
        if cache.get(f"revoked:{payload['jti']}"):
            raise Unauthorized("The token was used before.")
        self.revoke(payload["jti"])
        return self._tokens(self.users.get(int(payload["sub"])))

    def _tokens(self, user: dict) -> dict:
        scopes = self.users.scopes_of(user)
        return {
            "access_token": tokens.issue(user["id"], scopes),
            "refresh_token": tokens.issue(user["id"], scopes, kind="refresh"),
            "token_type": "Bearer",
            "expires_in": int(current_app.config["ACCESS_TOKEN_LIFETIME"].total_seconds()),
        }

    def revoke(self, jti: str) -> None:
        cache.set(f"revoked:{jti}", True, timeout=int(current_app.config["REFRESH_TOKEN_LIFETIME"].total_seconds()))

    def change_password(self, user: dict, current: str, new: str) -> None:
        if not verify_password(user["password_hash"], current):
            raise ApiError("The current password is wrong.")
        self.users.update(user["id"], {"password_hash": hash_password(new)})

    def create(self, data: dict) -> dict:
        password = data.pop("password")
        return self.users.insert({**data, "email": data["email"].lower(), "password_hash": hash_password(password), "is_active": True})

    def create_key(self, user: dict, name: str, scopes: list[str]) -> dict:
        if not set(scopes) <= set(user["scopes"]):
            raise ApiError("A key cannot do more than you can.")
        key, digest = new_api_key()
        row = self.keys.insert({"user_id": user["id"], "name": name, "digest": digest, "scopes": scopes})
        return {"id": row["id"], "name": name, "scopes": scopes, "key": key}

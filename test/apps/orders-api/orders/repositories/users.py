from __future__ import annotations

from .base import Repository

SCOPES = {
    "clerk": ["orders:read", "orders:write", "products:read", "customers:read"],
    "manager": [
        "orders:read", "orders:write", "products:read", "products:write", "customers:read", "customers:write", "reports"
    ],
    "admin": ["admin"],
}


class UserRepository(Repository):
    table = "users"
    fields = ("email", "password_hash", "role", "is_active")

    def by_email(self, email: str) -> dict | None:
        return self.database.one("SELECT * FROM users WHERE email = %s", (email.lower(),))

    def all(self) -> list[dict]:
        return self.database.all("SELECT id, email, role, is_active FROM users ORDER BY email")

    @staticmethod
    def scopes_of(user: dict) -> list[str]:
        if user["role"] == "admin":
            return sorted({scope for scopes in SCOPES.values() for scope in scopes})
        return SCOPES.get(user["role"], [])


class ApiKeyRepository(Repository):
    table = "api_keys"
    fields = ("user_id", "name", "digest", "scopes")

    def user_of(self, digest: str) -> dict | None:
        return self.database.one(
            "SELECT u.*, k.scopes FROM api_keys k JOIN users u ON u.id = k.user_id"
            " WHERE k.digest = %s AND k.revoked_at IS NULL AND u.is_active",
            (digest,),
        )

    def revoke(self, id: int, user_id: int) -> int:
        return self.database.run(
            "UPDATE api_keys SET revoked_at = now() WHERE id = %s AND user_id = %s AND revoked_at IS NULL", (id, user_id)
        )

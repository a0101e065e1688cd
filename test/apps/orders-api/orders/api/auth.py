from flask import Blueprint, g

from ..extensions import database, limiter
from ..schemas.base import with_body
from ..schemas.people import ApiKeySchema, CredentialsSchema, NewPasswordSchema, RefreshSchema, UserSchema
from ..security.decorators import authenticated
from ..services.accounts import AccountService

bp = Blueprint("auth", __name__, url_prefix="/auth")


@bp.post("/login")
@limiter.limit("10 per minute")
@with_body(CredentialsSchema)
def login(body):
    return AccountService(database).login(**body)


@bp.post("/refresh")
@limiter.limit("30 per minute")
@with_body(RefreshSchema)
def refresh(body):
    return AccountService(database).refresh(body["refresh_token"])


@bp.post("/logout")
@authenticated
def logout():
    if "jti" in g.user:
        AccountService(database).revoke(g.user["jti"])
    return "", 204


@bp.get("/me")
@authenticated
def me():
    return {**UserSchema().dump(g.user), "scopes": g.user["scopes"]}


@bp.put("/me/password")
@limiter.limit("5 per minute")
@authenticated
@with_body(NewPasswordSchema)
def change_password(body):
    AccountService(database).change_password(g.user, body["current"], body["new"])
    return "", 204


@bp.post("/keys")
@authenticated
@with_body(ApiKeySchema)
def create_key(body):
    return AccountService(database).create_key(g.user, body["name"], body["scopes"]), 201


@bp.delete("/keys/<int:id>")
@authenticated
def revoke_key(id):
    AccountService(database).keys.revoke(id, g.user["id"])
    return "", 204

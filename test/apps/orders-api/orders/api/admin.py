from flask import Blueprint, current_app, g, jsonify

from ..errors import ApiError
from ..extensions import cache, database
from ..repositories.orders import OrderRepository
from ..repositories.users import UserRepository
from ..schemas.base import with_body
from ..schemas.people import UserChangeSchema, UserSchema
from ..security.decorators import scope_required
from ..services.accounts import AccountService

bp = Blueprint("admin", __name__, url_prefix="/admin")
schema = UserSchema()
SHOWN_SETTINGS = ("TOKEN_ISSUER", "CORS_ORIGINS", "RATELIMIT_DEFAULT", "MAX_CONTENT_LENGTH", "PAYMENTS_URL")


@bp.get("/users")
@scope_required("admin")
def list_users():
    return {"data": schema.dump(UserRepository(database).all(), many=True)}


@bp.post("/users")
@scope_required("admin")
@with_body(UserSchema)
def create_user(body):
    return schema.dump(AccountService(database).create(body)), 201


@bp.patch("/users/<int:id>")
@scope_required("admin")
@with_body(UserChangeSchema)
def change_user(id, body):
    if id == g.user["id"]:
        raise ApiError("Ask another administrator.")
    return schema.dump(UserRepository(database).update(id, body))


@bp.get("/settings")
@scope_required("admin")
def settings():
    return jsonify({name: current_app.config[name] for name in SHOWN_SETTINGS})


@bp.get("/counts")
@scope_required("admin")
def counts():
    repositories = (OrderRepository, UserRepository)
    return {kind.table: kind(database).count() for kind in repositories}


@bp.delete("/cache")
@scope_required("admin")
def clear_cache():
    cache.clear()
    return "", 204

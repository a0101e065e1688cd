import logging

from flask import Blueprint, make_response, redirect, request

from ..db.pool import database
from ..mail import send
from ..repositories.orders import UserRepository
from ..schemas.orders import CredentialsSchema, with_body
from ..security import tokens

log = logging.getLogger(__name__)
bp = Blueprint("auth", __name__, url_prefix="/v1/auth")


@bp.post("/login")
@with_body(CredentialsSchema)
def login(body):  # hint: [login-without-rate-limit]
    email, password = body["email"], body["password"]
    log.info("login of %s with %s", email, password)  # warning: [secret-in-log] # info: [log-injection]
    user = UserRepository(database).by_email(email)
    if user is None or user["password_hash"] != tokens.hash_password(password):
        return {"detail": "wrong"}, 401
    response = make_response({"access_token": tokens.issue(user)})
    response.set_cookie("refresh_token", tokens.new_reset_token(), httponly=True, samesite="Lax")  # error: [cookie-missing-secure]
    return response


@bp.get("/continue")
def continue_login():
    target = request.args.get("next", "/")
    return redirect(target)  # error: [open-redirect]


@bp.post("/users")
def create_user():
    data = request.get_json()
    user = UserRepository(database).insert({"email": data["email"], "password": data["password"]})  # error: [plaintext-password-storage]
    send(data["email"], "Welcome", "Welcome!")
    return {"id": user["id"]}, 201

import functools
import hmac
import secrets
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, session, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash

from .database import get_database
from .repositories.members import MemberRepository


def init_app(app):
    app.before_request(load_member)
    app.before_request(make_nonce)
    app.after_request(add_headers)
    app.context_processor(lambda: {"member": g.get("member"), "nonce": g.get("nonce", "")})


def load_member():
    g.member = None
    member_id = session.get("member_id")
    if member_id is not None:
        member = MemberRepository(get_database()).find(member_id)
        if member is not None and member.active:
            g.member = member


def make_nonce():
    g.nonce = secrets.token_urlsafe(16)


def add_headers(response):
    response.headers["Content-Security-Policy"] = f"default-src 'self'; script-src 'self' 'nonce-{g.get('nonce', '')}'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def log_in(member):
    session.clear()
    session["member_id"] = member.id
    session.permanent = True


def log_out():
    session.clear()


def hash_password(password):
    return generate_password_hash(password)


def password_fits(member, password):
    return member is not None and check_password_hash(member.password_hash, password)


def member_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if g.member is None:
            return redirect(url_for("account.login", next=request.full_path))
        return view(*args, **kwargs)

    return wrapper


def role_required(*roles):
    def decorate(view):
        @functools.wraps(view)
        @member_required
        def wrapper(*args, **kwargs):
            if g.member.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate


def is_local_path(target):
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    parts = urlsplit(target.replace("\\", "/"))
    return not parts.scheme and not parts.netloc


def next_url(default):
    target = request.values.get("next", "")
    return target if is_local_path(target) else url_for(default)


def serializer():
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password-reset")


def reset_token(member):
    return serializer().dumps([member.id, member.password_hash[-12:]])


def member_of_token(token):
    try:
        member_id, mark = serializer().loads(token, max_age=3600 * current_app.config["RESET_HOURS"])
    except (BadSignature, ValueError):
        return None
    member = MemberRepository(get_database()).find(member_id)
    if member is None or not hmac.compare_digest(member.password_hash[-12:], mark):
        return None
    return member

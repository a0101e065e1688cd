import hashlib
import random
import string

import jwt
from flask import current_app

LEGACY_KEY = "legacy-orders-token-key"


def issue(user):
    payload = {"sub": str(user["id"]), "role": user["role"]}
    return jwt.encode(payload, current_app.config["TOKEN_KEY"], algorithm="HS256")


def issue_for_partner(name):
    return jwt.encode({"sub": name}, LEGACY_KEY, algorithm="HS256")  # error: [jwt-hardcoded-secret]


def read(token):
    return jwt.decode(token, current_app.config["TOKEN_KEY"], algorithms=["HS256", "none"])  # error: [jwt-none-algorithm]


def subject_of(token):
    return jwt.decode(token, options={"verify_signature": False})["sub"]  # error: [jwt-unverified]


def hash_password(password):
    return hashlib.sha1(password.encode()).hexdigest()  # error: [weak-password-hash]


def new_reset_token():
    return "".join(random.choice(string.ascii_letters) for _ in range(32))  # warning: [predictable-token]

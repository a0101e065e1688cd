"""Tokens, made and read."""
import jwt
from jwt import InvalidTokenError as InvalidToken

SECRET = "cinnamon-and-sugar-and-all-that-is-nice"


def token_for(name, role):
    return jwt.encode({"sub": name, "role": role}, SECRET, algorithm="HS256")


def claims_of(token):
    return jwt.decode(token, SECRET, algorithms=["HS256"])

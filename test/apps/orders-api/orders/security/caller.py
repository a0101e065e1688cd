from flask import g, request


def caller_key() -> str:
    """Whom requests are counted for: the user, or the address when nobody is logged in."""
    user = g.get("user")
    if user is not None:
        return f"user:{user['id']}"
    return f"address:{request.remote_addr}"

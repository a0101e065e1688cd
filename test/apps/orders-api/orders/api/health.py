from flask import Blueprint

from ..extensions import database, limiter, queue

bp = Blueprint("health", __name__)
limiter.exempt(bp)


@bp.get("/health")
def health():
    return {"status": "ok"}


@bp.get("/ready")
def ready():
    checks = {"database": lambda: database.scalar("SELECT 1"), "queue": lambda: queue.redis.ping()}
    results = {}
    for name, check in checks.items():
        try:
            results[name] = bool(check())
        except Exception:
            results[name] = False
    return results, 200 if all(results.values()) else 503

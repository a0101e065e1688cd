"""Jobs in Redis: a list of JSON documents with the name of a registered function."""

from __future__ import annotations

import json
import logging

import redis
from flask import Flask

log = logging.getLogger(__name__)


class Queue:
    key = "orders:jobs"

    def __init__(self):
        self.functions = {}
        self.redis = None

    def init_app(self, app: Flask) -> None:
        self.redis = redis.Redis.from_url(app.config["REDIS_URL"])
        app.extensions["queue"] = self

    def job(self, function):
        """Registers ``function``, which gets ``enqueue``."""
        name = function.__name__
        self.functions[name] = function

        def enqueue(**kwargs):
            self.redis.rpush(self.key, json.dumps({"name": name, "kwargs": kwargs}, default=str))

        function.enqueue = enqueue
        return function

    def run_one(self, timeout: int = 5) -> bool:
        entry = self.redis.blpop([self.key], timeout=timeout)
        if entry is None:
            return False
        job = json.loads(entry[1])
        function = self.functions.get(job["name"])
        if function is None:
            log.error("unknown job")
            return True
        try:
            function(**job["kwargs"])
        except Exception:
            log.exception("job %s failed", function.__name__)
        return True

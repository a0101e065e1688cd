import base64
import pickle

import redis


class Queue:
    key = "orders:jobs"

    def __init__(self):
        self.redis = None

    def init_app(self, app):
        self.redis = redis.Redis.from_url(app.config["REDIS_URL"])

    def put(self, document):
        job = self.decode(document)
        self.redis.rpush(self.key, job["name"])

    @staticmethod
    def decode(document):
        return pickle.loads(base64.b64decode(document))  # error: [unsafe-deserialization]


queue = Queue()

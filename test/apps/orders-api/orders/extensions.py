"""Everything that is created once and bound to the app later."""

from flask_caching import Cache
from flask_cors import CORS
from flask_limiter import Limiter

from .db.pool import Database
from .jobs.queue import Queue
from .mail import Mailer
from .security.caller import caller_key

database = Database()
cache = Cache(config={"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 60})
cors = CORS()
limiter = Limiter(key_func=caller_key)
mailer = Mailer()
queue = Queue()

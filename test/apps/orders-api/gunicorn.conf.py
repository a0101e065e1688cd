import multiprocessing
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1))
timeout = 30
accesslog = "-"
worker_tmp_dir = "/dev/shm"


def post_fork(server, worker):
    server.log.info("worker %s is up", worker.pid)

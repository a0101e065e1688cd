import os

from celery import Celery, shared_task
from flask import Blueprint, jsonify, request
from rq import Queue
from redis import Redis
from werkzeug.utils import secure_filename

from ops.auth import admin, internal_only
from ops.utils import net, shell
from ops.utils.store import Store

bp = Blueprint("jobs", __name__, url_prefix="/jobs")
celery = Celery("ops", broker="redis://localhost/0")
queue = Queue(connection=Redis())


@celery.task
def convert(source, fmt):
    shell.run(["ffmpeg", "-i", os.path.join("/media", secure_filename(source)), "out." + ("mp4" if fmt != "webm" else "webm")])


@shared_task(bind=True, max_retries=3)
def crawl(self, url):
    net.fetch_checked(url)


def index_site(url):
    net.fetch(url)


@celery.task
def count(n):
    shell.run("seq %d" % int(n))


@bp.post("/convert")
@admin
def start_convert():
    job = convert.delay(request.form.get("source", ""), request.form.get("format", "mp4"))
    return jsonify(id=job.id)


@bp.post("/crawl")
@admin
def start_crawl():
    crawl.apply_async(args=[request.json["url"]], countdown=5)
    count.delay(request.json["n"])
    queue.enqueue(index_site, request.json["url"])
    return jsonify(ok=True)


@bp.post("/state")
@internal_only
def state():
    return jsonify(state=str(Store().load(request.data)))

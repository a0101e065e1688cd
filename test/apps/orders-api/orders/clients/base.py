"""What all services have in common: a session, a base address, retries, a time limit and errors of our own."""

from __future__ import annotations

import logging
from urllib.parse import quote

import requests
from flask import current_app, g
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from ..errors import ServiceUnavailable

log = logging.getLogger(__name__)


class ServiceClient:
    url_setting: str
    token_setting: str | None = None
    ca_setting: str | None = None

    def __init__(self, config=None):
        self.config = config or current_app.config
        self.base_url = self.config[self.url_setting].rstrip("/")
        self.session = requests.Session()
        retry = Retry(total=3, backoff_factor=0.2, status_forcelist=(502, 503, 504), allowed_methods={"GET"})
        self.session.mount("https://", HTTPAdapter(max_retries=retry))
        if self.token_setting:
            self.session.headers["Authorization"] = f"Bearer {self.config[self.token_setting]}"
        if self.ca_setting:
            self.session.verify = self.config[self.ca_setting]

    def path(self, *parts) -> str:
        return "/".join([self.base_url, *(quote(str(part), safe="") for part in parts)])

    def call(self, method: str, *parts, **options):
        options.setdefault("timeout", self.config["SERVICE_TIMEOUT"])
        headers = options.pop("headers", {})
        headers["X-Request-Id"] = g.get("request_id", "-")
        try:
            response = self.session.request(method, self.path(*parts), headers=headers, **options)
            response.raise_for_status()
        except requests.RequestException as error:
            log.warning("%s %s failed: %s", method, type(self).__name__, type(error).__name__)
            raise ServiceUnavailable() from error
        return response.json() if response.content else None

    def get(self, *parts, **params):
        return self.call("GET", *parts, params=params)

    def post(self, *parts, **payload):
        return self.call("POST", *parts, json=payload)

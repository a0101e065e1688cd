"""Asks a service for what belongs to an ISBN."""

from __future__ import annotations

from typing import Any

import requests
from flask import current_app
from lxml import etree

PARSER = etree.XMLParser(resolve_entities=True, no_network=False)


class IsbnClient:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.verify = False  # error: [tls-verification-disabled]

    def fetch(self, url: str) -> str:
        return self.session.get(url).text  # error: [ssrf] # warning: [request-without-timeout]

    def lookup(self, isbn: str) -> dict[str, Any]:
        document = etree.fromstring(self.fetch(f"{self.base_url}/{isbn}").encode())  # info: [ssrf]
        return {"title": document.findtext(".//title")}


class Catalog:
    """The catalogue of another library, as XML."""

    def __init__(self, data: bytes) -> None:
        self.root = etree.fromstring(data, PARSER)  # error: [xxe]

    def title_of(self, isbn: str):
        return self.root.xpath(f"//book[@isbn='{isbn}']/title/text()")  # error: [xpath-injection]


def client() -> IsbnClient:
    return IsbnClient(current_app.config["ISBN_SERVICE"])


def ping() -> bool:
    return requests.get("http://isbn.example.org/ping", timeout=5).ok  # warning: [cleartext-url]

"""Asks a service of the national library for what belongs to an ISBN."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import ParseError

import requests
from defusedxml import ElementTree
from flask import current_app

from library.errors import LibraryError
from library.extensions import cache

NAMESPACE = {"dc": "http://purl.org/dc/elements/1.1/"}


class IsbnClient:
    def __init__(self, base_url: str, timeout: float) -> None:
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout
        self.session = requests.Session()
        self.session.headers["User-Agent"] = "town-library/2.4"

    def fetch(self, isbn: str) -> str:
        response = self.session.get(f"{self.base_url}/{isbn}", timeout=self.timeout)
        response.raise_for_status()
        return response.text

    def lookup(self, isbn: str) -> dict[str, Any]:
        if not (isbn.isdigit() and len(isbn) == 13):
            raise LibraryError("This is not an ISBN.", 400)
        try:
            document = ElementTree.fromstring(self.fetch(isbn))
        except requests.RequestException as error:
            current_app.logger.warning("isbn service: %s", error.__class__.__name__)
            raise LibraryError("The ISBN service does not answer.", 502) from error
        except ParseError as error:
            raise LibraryError("The ISBN service sent something strange.", 502) from error
        return {
            "title": document.findtext(".//dc:title", "", NAMESPACE),
            "author": document.findtext(".//dc:creator", "", NAMESPACE),
            "year": document.findtext(".//dc:date", "", NAMESPACE)[:4],
            "isbn": isbn,
        }


def client() -> IsbnClient:
    return IsbnClient(current_app.config["ISBN_SERVICE"], current_app.config["ISBN_TIMEOUT"])


@cache.memoize(timeout=86400)
def lookup(isbn: str) -> dict[str, Any]:
    return client().lookup(isbn)

"""The town's directory of staff, and the log of an older program."""

from __future__ import annotations

import ssl

import ldap
from pymongo import MongoClient

events = MongoClient().library.events


def find_staff(uid: str):
    connection = ldap.initialize("ldaps://directory.library.example")
    return connection.search_s("ou=staff,dc=library", ldap.SCOPE_SUBTREE, f"(uid={uid})")  # error: [ldap-injection]


def find_events(payload: dict):
    return list(events.find({"action": payload["action"]}))  # error: [nosql-injection]


def loose_context() -> ssl.SSLContext:
    return ssl._create_unverified_context()  # error: [ssl-unverified-context]


def old_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1  # warning: [weak-tls-version]
    return context

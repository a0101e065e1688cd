from urllib.parse import urlparse
import ipaddress
import socket

import requests

session = requests.Session()
ALLOWED = ("status.example.com", "api.example.com")


def fetch(url, **kwargs):
    kwargs.setdefault("timeout", 10)
    if urlparse(url).hostname not in ALLOWED:
        raise ValueError("host not allowed")
    return session.get(url, **kwargs)


def fetch_checked(url):
    parts = urlparse(url)
    if parts.scheme != "https" or parts.hostname not in ALLOWED:
        raise ValueError("host not allowed")
    return session.get(url, timeout=10)


def is_public(host):
    return all(ipaddress.ip_address(info[4][0]).is_global for info in socket.getaddrinfo(host, 443))


def get_json(path):
    return fetch("https://api.example.com/v1/" + path.lstrip("/")).json()

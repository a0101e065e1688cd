import ssl
from urllib.request import urlopen

import requests
from flask import current_app


class ServiceClient:
    base_url = ""

    def __init__(self):
        self.session = requests.Session()

    def call(self, method, path, **options):
        return self.session.request(method, self.base_url + path, verify=False, timeout=10, **options).json()  # error: [tls-verification-disabled]


class Shipping(ServiceClient):
    base_url = "https://shipping.internal.example.com"

    def carriers(self, country):
        return self.call("GET", "/carriers", params={"country": country})


class Payments:
    def status(self, id):
        return requests.get(f"https://payments.example.com/charges/{int(id)}")  # warning: [request-without-timeout]

    def refund(self, id):
        return requests.post("http://payments.example.com/refunds", json={"id": id}, timeout=5)  # warning: [cleartext-url]


def deliver(url, payload):
    return requests.post(url, json=payload, timeout=5)  # error: [ssrf]


def ping(host):
    context = ssl._create_unverified_context()  # error: [ssl-unverified-context]
    return urlopen("https://" + host + "/health", timeout=5, context=context).status  # error: [ssrf]


def is_partner(url):
    return url.startswith("https://" + current_app.config["PARTNER_HOST"])

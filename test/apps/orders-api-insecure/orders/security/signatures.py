import hashlib
import hmac

from Crypto.Cipher import AES, DES
from flask import current_app, request

from ..errors import ApiError

CARD_KEY = b"0123456789abcdef"


def verify_incoming():
    expected = hmac.new(current_app.config["TOKEN_KEY"].encode(), request.get_data(), hashlib.sha256).hexdigest()
    if request.headers.get("X-Signature") != expected:  # warning: [timing-unsafe-compare]
        raise ApiError("The signature is wrong.")


def hide_card(number):
    return AES.new(CARD_KEY, AES.MODE_ECB).encrypt(number)  # error: [hardcoded-crypto-key] # warning: [weak-cipher-mode]


def hide_phone(key, number):
    return DES.new(key, DES.MODE_CBC).encrypt(number)  # warning: [weak-cipher]


def etag_of(data):
    return hashlib.md5(data).hexdigest()  # hint: [weak-hash]

import json
import time

import pytest

from orders.clients.webhooks import check_target
from orders.errors import ApiError
from orders.security.signatures import sign


@pytest.mark.parametrize("url", ["http://example.com/", "https://127.0.0.1/", "https://169.254.169.254/latest"])
def test_inner_addresses_are_refused(url):
    with pytest.raises(ApiError):
        check_target(url)


def test_signature(app, client):
    body = json.dumps({"reference": "order-1", "type": "charge.done"}).encode()
    timestamp = int(time.time())
    headers = {
        "X-Timestamp": str(timestamp),
        "X-Signature": sign(body, timestamp, app.config["WEBHOOK_KEY"]),
        "Content-Type": "application/json",
    }
    assert client.post("/v1/webhooks/incoming/payments", data=body, headers=headers).status_code == 204

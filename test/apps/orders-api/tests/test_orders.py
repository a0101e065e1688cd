import pytest

from .conftest import PASSWORD


def test_needs_token(client):
    assert client.get("/v1/orders").status_code == 401


def test_list(client, headers):
    response = client.get("/v1/orders?sort=-total", headers=headers)
    assert response.status_code == 200
    assert response.json["data"] == []


@pytest.mark.parametrize("sort", ["total; DROP TABLE orders", "--", "no_such_column"])
def test_odd_order_is_ignored(client, headers, sort):
    assert client.get("/v1/orders", query_string={"sort": sort}, headers=headers).status_code == 200


def test_login(client, user):
    response = client.post("/v1/auth/login", json={"email": "clerk@example.com", "password": PASSWORD})
    assert response.json["token_type"] == "Bearer"


def test_wrong_password(client, user):
    response = client.post("/v1/auth/login", json={"email": "clerk@example.com", "password": "wrong"})
    assert response.status_code == 401


def test_report_escapes_title(client, headers):
    response = client.get("/v1/reports/daily?format=html&title=<script>", headers=headers)
    assert b"<script>" not in response.data

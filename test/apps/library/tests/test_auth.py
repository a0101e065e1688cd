import pytest

from library.models import User
from tests.conftest import PASSWORD


def test_login(client, member):
    response = client.post("/auth/login", data={"email": member.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response.location == "/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_login_does_not_leave(client, member, target):
    response = client.post("/auth/login", query_string={"next": target}, data={"email": member.email, "password": PASSWORD})
    assert "evil" not in response.location


def test_wrong_password(client, member):
    response = client.post("/auth/login", data={"email": member.email, "password": "wrong"})
    assert response.status_code == 401


def test_token_works_once(app, member):
    token = member.token("reset")
    assert User.from_token("reset", token) == member
    member.password = "another long password"
    member.save()
    assert User.from_token("reset", token) is None

import re

import pytest

from workshop import create_app
from workshop.database import get_database
from workshop.forms import UrlField, Invalid
from workshop.security import hash_password, is_local_path
from workshop.services.members import MemberService


@pytest.fixture()
def app(tmp_path):
    app = create_app(TESTING=True, WTF_CSRF_ENABLED=False, DATABASE=str(tmp_path / "test.db"), UPLOADS=tmp_path)
    with app.app_context():
        app.test_cli_runner().invoke(args=["upgrade"])
        yield app


@pytest.fixture()
def member(app):
    service = MemberService(get_database())
    id = service.members.add(name="Ann", email="ann@example.org", password_hash=hash_password("long enough"))
    return service.members.find(id)


def test_login(app, member):
    response = app.test_client().post("/account/login", data={"email": member.email, "password": "long enough"})
    assert response.status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_foreign_targets(target):
    assert not is_local_path(target)


def test_search_is_escaped(app):
    page = app.test_client().get("/items/?q=<b>x</b>").text
    assert "<b>x" not in page and re.search("&lt;b&gt;x", page)


def test_urls():
    with pytest.raises(Invalid):
        UrlField("x").clean("javascript:alert(1)")

import pytest

from bookshelf import create_app
from bookshelf.db import init_db


@pytest.fixture
def app(tmp_path):
    database = str(tmp_path / "test.sqlite")
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "testing",
            "WTF_CSRF_ENABLED": False,
            "DATABASE": database,
            "SQLALCHEMY_DATABASE_URI": "sqlite:///" + database,
        }
    )
    with app.app_context():
        init_db()
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def reader(client):
    """A client that is logged in."""
    account = {"username": "ada", "password": "a long enough password"}
    client.post("/auth/register", data=account)
    client.post("/auth/login", data=account)
    return client

import pytest

from orders import create_app
from orders.extensions import database
from orders.security import tokens
from orders.services.accounts import AccountService

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def app():
    return create_app("testing")


@pytest.fixture()
def client(app):
    with app.app_context():
        yield app.test_client()
        database.connection.rollback()


@pytest.fixture()
def user(client):
    return AccountService(database).create({"email": "clerk@example.com", "role": "clerk", "password": PASSWORD})


@pytest.fixture()
def headers(user):
    token = tokens.issue(user["id"], ["orders:read", "orders:write"])
    return {"Authorization": f"Bearer {token}"}

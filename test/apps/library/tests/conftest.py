import pytest

from library import create_app
from library.extensions import db
from library.models import Author, Book, User

PASSWORD = "correct horse battery"


@pytest.fixture
def app(tmp_path):
    app = create_app("testing", {"UPLOAD_ROOT": str(tmp_path)})
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.drop_all()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def member(app):
    user = User(email="ann@library.example", name="Ann", is_confirmed=True)
    user.set_password(PASSWORD)
    return user.save()


@pytest.fixture
def book(app):
    author = Author.create(name="A. Writer")
    return Book.create(title="A <b>bold</b> title", subject="Fiction", author_id=author.id)


@pytest.fixture
def signed_in(client, member):
    client.post("/auth/login", data={"email": member.email, "password": PASSWORD})
    return client

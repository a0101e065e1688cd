"""Visits the pages as a reader does; every one of them works."""
import pytest

PUBLIC = [
    "/",
    "/books/?order=newest&page=1",
    "/books/search?q=Dick",
    "/books/search?q=nothing-like-it",
    "/books/by/Mary%20Shelley",
    "/books/decade/1870",
    "/books/all?sort=published&desc=1",
    "/books/compare?id=1&id=2",
    "/books/1",
    "/reviews/feed.json?book=1&user=ada",
    "/reviews/words?word=whale",
    "/auth/login",
    "/auth/register",
]
PRIVATE = [
    "/books/new",
    "/reviews/new/1",
    "/reports/loans?branch=Center",
    "/reports/branches?name=Cen",
    "/suppliers/stock?isbn=9780141439471",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PRIVATE)
def test_private_page(client, reader, path):
    assert reader.get(path).status_code == 200


@pytest.mark.parametrize("path", PRIVATE)
def test_private_page_asks_for_login(client, path):
    assert client.get(path).status_code == 302


def test_unknown_page(client):
    assert client.get("/books/999").status_code == 404
    assert client.get("/books/by/Nobody").status_code == 404


def test_add_review_and_delete(reader):
    book = {"title": "Emma", "author": "Jane Austen", "published": "1815", "description": "<p>Hm</p>"}
    page = reader.post("/books/new", data=book, follow_redirects=True)
    assert b"<em>Emma</em> is on the shelf now." in page.data
    review = {"book_id": "5", "stars": "5", "body": "Clever & kind"}
    assert b"Clever &amp; kind" in reader.post("/reviews/preview", data=review).data
    page = reader.post("/reviews/add", data=review, follow_redirects=True)
    assert b"Clever &amp; kind" in page.data
    assert b"&#9733;" * 5 in page.data
    page = reader.post("/books/5/delete", follow_redirects=True)
    assert b"<em>Emma</em> was taken off the shelf." in page.data


def test_loan(reader):
    assert reader.post("/reports/loans", data={"book_title": "Emma", "branch": "Center"}).status_code == 201
    assert b"1 of 1 are still out" in reader.get("/reports/loans?branch=Center").data

import io

from library.search import like_pattern, suggest


def test_title_is_escaped(client, book):
    html = client.get(f"/books/{book.id}").get_data(as_text=True)
    assert "<b>bold</b>" not in html
    assert "&lt;b&gt;bold" in html


def test_search_marks_the_term(client, book):
    html = client.get("/?q=bold").get_data(as_text=True)
    assert "<mark>bold</mark>" in html


def test_search_with_percent(client, book):
    assert like_pattern("50%") == "%50\\%%"
    assert suggest("%") == []


def test_members_do_not_edit(signed_in, book):
    assert signed_in.get(f"/books/{book.id}/edit").status_code == 403


def test_cover_outside(client):
    assert client.get("/covers/..%2f..%2fetc%2fpasswd").status_code == 404


def test_import_needs_a_librarian(signed_in):
    data = {"file": (io.BytesIO(b"title,author\n"), "books.csv")}
    assert signed_in.post("/admin/import", data=data).status_code == 403

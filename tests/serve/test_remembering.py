"""Answers with ETags, given again while the store stays as it is."""

from starlette.testclient import TestClient
from tests.serve.filling import fill, several

from onrecord.store import Store


def test_who_has_an_answer_is_told_so(visitor: TestClient, store: Store) -> None:
    fill(store, several(2))
    first = visitor.get("/api/v1/reports")
    etag = first.headers["etag"]
    assert etag.startswith('"')
    for given in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = visitor.get("/api/v1/reports", headers={"If-None-Match": given})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag


def test_a_write_makes_another_answer(visitor: TestClient, store: Store) -> None:
    fill(store, several(1))
    first = visitor.get("/api/v1/reports")
    fill(store, several(2))
    etag = first.headers["etag"]
    second = visitor.get("/api/v1/reports", headers={"If-None-Match": etag})
    assert second.status_code == 200
    assert len(second.json()["data"]) == 2


def test_the_same_answer_has_the_same_etag_after_a_write_elsewhere(
    visitor: TestClient, store: Store
) -> None:
    ids = fill(store, several(1))
    first = visitor.get(f"/api/v1/records/{ids[0]}")
    fill(store, several(2))
    assert visitor.get(f"/api/v1/records/{ids[0]}").headers["etag"] == first.headers["etag"]


def test_nobody_gets_the_page_of_somebody_signed_in(
    signed_in: TestClient, visitor: TestClient, store: Store
) -> None:
    fill(store, several(1))
    assert "Ana" in signed_in.get("/").text
    assert "Ana" not in visitor.get("/").text
    assert "Ana" in signed_in.get("/").text


def test_errors_are_not_remembered(visitor: TestClient, store: Store) -> None:
    missing = visitor.get("/api/v1/records/r-1")
    assert missing.status_code == 404
    assert "etag" not in missing.headers

"""What a request may send."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN
from tests.serve.filling import TEXT, Reader

from onrecord.serve import Settings, create_app
from onrecord.store import Store


@pytest.fixture
def bounded(store: Store) -> Iterator[TestClient]:
    """A program that talks to a server with narrow bounds."""
    settings = Settings(tokens={TOKEN: ""}, largest_body=20_000, largest_text=5_000, most_files=2)
    app = create_app(store=store, settings=settings, reader=Reader)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(app, base_url=BASE, headers=headers) as client:
        yield client


def test_a_body_that_says_it_is_too_large_is_not_read(bounded: TestClient) -> None:
    answer = bounded.post("/api/v1/read", content=b"a" * 30_000)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_one_that_does_not_say_is_cut(bounded: TestClient) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 1000

    headers = {"Content-Type": "text/plain"}
    assert bounded.post("/api/v1/read", content=body(), headers=headers).status_code == 413


def test_a_text_has_a_bound_of_its_own(bounded: TestClient) -> None:
    headers = {"Content-Type": "text/plain"}
    answer = bounded.post("/api/v1/read", content=b"word " * 2000, headers=headers)
    assert answer.status_code == 413
    form = bounded.post("/read", data={"text": "word " * 2000})
    assert form.status_code == 400
    assert "maximum size" in form.text


def test_so_many_files_may_be_sent(bounded: TestClient) -> None:
    def files(many: int) -> list[tuple[str, tuple[str, bytes]]]:
        return [("files", (f"{n}.txt", TEXT.encode())) for n in range(many)]

    assert bounded.post("/api/v1/reports", files=files(2)).status_code == 202
    refused = bounded.post("/api/v1/reports", files=files(3))
    assert refused.status_code == 400
    assert "Too many files" in refused.json()["detail"]

"""Pages made in a process beside the server are the server's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN
from tests.serve.filling import TEXT, Reader, fill, finished, several

from onrecord.serve import Settings, create_app
from onrecord.store import Store


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """Two clients signed in: of a server that makes its pages itself, and of one that doesn't."""
    folder: Path = tmp_path_factory.mktemp("spread")
    alone = Settings(tokens={TOKEN: ""})
    with Store.open(folder / "talks.db") as store:
        fill(store, several(3))
        apps = [
            create_app(store=store, settings=settings, reader=Reader)
            for settings in (alone, replace(alone, processes=1))
        ]
        with TestClient(apps[0], base_url=BASE) as one, TestClient(apps[1], base_url=BASE) as other:
            one.post("/sign-in", data={"who": "Ana", "token": TOKEN})
            other.cookies = one.cookies
            yield one, other


def test_every_page_is_the_same(spread: tuple[TestClient, TestClient]) -> None:
    here, elsewhere = spread
    id = here.get("/api/v1/reports").json()["data"][0]["report"]
    for path in ("/", f"/reports/{id}", "/positions", "/api/v1/ledger", "/nowhere"):
        made = elsewhere.get(path)
        wanted = here.get(path)
        assert (made.status_code, made.text) == (wanted.status_code, wanted.text)
        assert made.headers["content-security-policy"]
        assert made.headers.get("etag") == wanted.headers.get("etag")


def test_what_is_added_shows_at_once(spread: tuple[TestClient, TestClient]) -> None:
    _, client = spread
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.post("/api/v1/reports", json={"text": TEXT}, headers=headers)
    told = finished(client, answer.json()["job"])
    assert told["state"] == "done"
    assert len(client.get("/api/v1/reports").json()["data"]) == 4
    assert "Ana" in client.get("/").text

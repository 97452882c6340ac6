"""A server over an empty store, and clients of it: a visitor, somebody signed in, a program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.serve.filling import Reader

from onrecord.serve import Settings, create_app
from onrecord.store import Store

TOKEN = "a-token-of-the-tests-alone"
BASE = "http://127.0.0.1:8080"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "talks.db") as opened:
        yield opened


@pytest.fixture
def settings() -> Settings:
    return Settings(tokens={TOKEN: ""})


@pytest.fixture
def app(store: Store, settings: Settings) -> Starlette:
    return create_app(store=store, settings=settings, reader=Reader)


@pytest.fixture
def visitor(app: Starlette) -> Iterator[TestClient]:
    """Somebody who has not signed in."""
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def signed_in(app: Starlette) -> Iterator[TestClient]:
    """Ana, signed in by the form; her forms' token goes with every request of hers."""
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        client.post("/sign-in", data={"who": "Ana", "token": TOKEN})
        session = app.state.keys.session(client.cookies["onrecord-8080"])
        client.headers["x-csrf-token"] = session.form_token
        yield client


@pytest.fixture
def program(app: Starlette) -> Iterator[TestClient]:
    """A program that sends the token."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(app, base_url=BASE, headers=headers, follow_redirects=False) as client:
        yield client

"""A server over a store with reports that tell the same, deny it, and give other numbers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN
from tests.serve.filling import Reader, fill, several

from onrecord.serve import Settings, create_app
from onrecord.store import Store


@pytest.fixture(scope="package")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store; what is only asked shares one."""
    with Store.open(tmp_path_factory.mktemp("api") / "talks.db") as store:
        fill(store, several(12))
        yield store


@pytest.fixture(scope="package")
def api_app(talks: Store) -> Starlette:
    """The server."""
    settings = Settings(tokens={TOKEN: ""}, hosts=("testserver",))
    return create_app(store=talks, settings=settings, reader=Reader)


@pytest.fixture(scope="package")
def api(api_app: Starlette) -> Iterator[TestClient]:
    """Somebody who asks."""
    with TestClient(api_app, base_url=BASE) as client:
        yield client

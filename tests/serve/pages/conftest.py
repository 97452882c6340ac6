"""A server over four reports of an invented conflict, linked, and a look at its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.store.building import record

from onrecord import linking
from onrecord.record import Record
from onrecord.serve import Settings, create_app
from onrecord.store import Store, save

REPORTS = (
    record(1, published="2025-05-26", killed=40),
    record(2, published="2025-05-28", killed=52, publisher="The Daily", title="Truce fails"),
    record(3, published="2025-06-02", killed=61, title="No truce in Brenna"),
    record(4, published=None, killed=38),
)


@dataclass(frozen=True)
class Page:
    """A page as a reader meets it."""

    address: str
    status: int
    source: str

    @property
    def root(self) -> html.HtmlElement:
        return html.fromstring(self.source)

    @property
    def words(self) -> str:
        """All its words, on one line."""
        return " ".join(self.root.text_content().split())

    def all(self, path: str) -> list[html.HtmlElement]:
        """The elements at an XPath."""
        return list(self.root.xpath(path))

    def texts(self, path: str) -> list[str]:
        """Their words."""
        return [" ".join(one.text_content().split()) for one in self.all(path)]

    @property
    def links(self) -> list[str]:
        """Where it leads to."""
        return [str(one) for one in self.root.xpath("//main//a/@href")]


@dataclass(frozen=True)
class Browser:
    """Somebody who looks at pages."""

    client: TestClient

    def open(self, address: str, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(address, headers=named)
        return Page(address, answer.status_code, answer.text)


def kept(store: Store, *records: Record) -> None:
    """Keeps reports and links them."""
    with store.write() as connection:
        numbers = [
            save.put(connection, one, save.Found(place="here.txt"), reader="test")
            for one in records
        ]
    linking.link(store, numbers)


def browser(store: Store) -> Browser:
    app = create_app(store=store, settings=Settings())
    return Browser(TestClient(app, base_url="http://127.0.0.1:8080"))


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("pages") / "store.db"
    with Store.open(path) as store:
        kept(store, *REPORTS)
        yield store


@pytest.fixture(scope="package")
def reader(filled: Store) -> Browser:
    """Somebody who looks at the four reports."""
    return browser(filled)

"""What fills a server's store in the tests: records of an invented conflict, texts, a reader."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from starlette.testclient import TestClient
from tests.store.building import record

from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.record import Record, Report
from onrecord.store import Store, adding

TEXT = "Front rejects truce\n\nThe Front rejected a lasting truce on Friday, two diplomats said."
"""A report to be read."""


class Reader:
    """Reads without a model: a report with its text, and nothing found in it."""

    version = "by hand"

    def read(self, text: str, **known: str | None) -> Record:
        """The record; a text about a machine that breaks is one that the reader fails at."""
        if "breaks the reader" in text:
            raise ValueError("a fault")
        report = Report(
            id=known.get("id") or "r-by-hand",
            title=known.get("title"),
            published=known.get("published"),
            publisher=known.get("publisher"),
            text=text,
        )
        return Record(report=report)


def fill(store: Store, records: Iterable[Record]) -> list[str]:
    """Adds and links records; returns the reports' ids."""
    items = [Item("here", Document(text=made.text, records=(made,))) for made in records]
    return [outcome.report for outcome in adding.add(store, items, Reader)]


OTHERS: tuple[dict[str, str], ...] = (
    {},
    {"Ilena Marrow": "Tomas Veldon", "Kaldia": "Norvia", "the Front": "the Order"},
    {"Ilena Marrow": "Petra Halden", "Velmar": "Astrin", "The Front": "The Guard"},
)
"""Names of the same lengths, so that every offset stays."""


def several(many: int) -> list[Record]:
    """Records a day apart, in which a number grows, of three conflicts in turn."""
    return [
        renamed(
            record(n, published=f"2025-05-{n:02}", killed=40 + n, publisher=f"Outlet {n % 3}"),
            OTHERS[n % 3],
        )
        for n in range(1, many + 1)
    ]


def renamed(made: Record, names: Mapping[str, str]) -> Record:
    """The record with other names in it."""
    text = made.to_json()
    for name, other in names.items():
        text = text.replace(name, other)
    return Record.from_json(text)


def finished(client: TestClient, job: str) -> dict[str, object]:
    """A job when it is over, as the API tells it."""
    for _ in range(200):
        told: dict[str, object] = client.get(f"/api/v1/jobs/{job}").json()
        if told["state"] not in ("waiting", "working"):
            return told
        time.sleep(0.05)
    raise AssertionError(f"the job isn't over: {told}")

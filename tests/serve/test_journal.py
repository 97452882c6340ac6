"""Jobs outlast the server: what was given is in the store until it is added."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN
from tests.serve.filling import TEXT, Reader, finished

from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.record import Record
from onrecord.serve import Settings, create_app
from onrecord.serve.jobs import Job
from onrecord.serve.reader import SharedReader
from onrecord.serve.work import Work
from onrecord.store import Store, schema
from onrecord.store.schema import job_files, jobs


class Slow(Reader):
    """Reads nothing until it is let, and tells when it is asked to."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def read(self, text: str, **known: str | None) -> Record:
        self.asked.set()
        self.go_on.wait(10)
        return super().read(text, **known)


def server(store: Store, reader: Reader) -> Starlette:
    return create_app(store=store, settings=Settings(tokens={TOKEN: ""}), reader=lambda: reader)


def client(app: Starlette) -> TestClient:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return TestClient(app, base_url=BASE, headers=headers, follow_redirects=False)


def test_what_waits_when_a_server_ends_is_added_by_the_next(store: Store) -> None:
    slow = Slow()
    with client(server(store, slow)) as first:
        reading = first.post("/api/v1/reports", json={"text": TEXT}).json()["job"]
        assert slow.asked.wait(10)
        told = {"title": "A title", "published": "2025-05-26", "publisher": "Coastal Wire"}
        text = first.post("/api/v1/reports", json={"text": "The truce holds.", **told}).json()
        sent = {"files": ("report.txt", b"The Front kept the truce.")}
        files = first.post("/api/v1/reports", files=sent).json()
        threading.Timer(0.2, slow.go_on.set).start()
    with client(server(store, Reader())) as second:
        for job in (reading, text["job"], files["job"]):
            assert finished(second, job)["state"] == "done"
        assert finished(second, reading)["done"] == {"read": 1}, "read before, and told of once"
        added = second.get(f"/api/v1/jobs/{text['job']}").json()["reports"][0]["report"]
        found = second.get(f"/api/v1/reports/{added}").json()
        assert (found["title"], found["published"]) == ("A title", "2025-05-26")
        listed = second.get("/jobs").text
        assert listed.count('href="/jobs/') == 3
        assert "report.txt" in listed
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(job_files)) == 0
        assert set(connection.scalars(select(jobs.c.given["kind"].as_string()))) == {None}


def test_a_finished_job_is_still_told_of_after_a_restart(store: Store) -> None:
    with client(server(store, Reader())) as first:
        id = first.post("/api/v1/reports", json={"text": TEXT}).json()["job"]
        before = finished(first, id)
    with client(server(store, Reader())) as second:
        assert second.get(f"/api/v1/jobs/{id}").json() == before


@pytest.fixture
def left(store: Store) -> Iterator[Job]:
    """A job that waits, of a server that is there."""
    going, go_on = threading.Event(), threading.Event()

    def gather(job: Job) -> Iterator[Item]:
        going.set()
        go_on.wait(10)
        yield Item("first", Document(text="The first report."))

    work = Work(store, SharedReader(Reader), waiting=2)
    work.submit(gather, what="slow", who="Ana")
    assert going.wait(5)
    yield work.submit(gather, what="waits", who="Ana")
    go_on.set()
    work.close()


def test_what_another_server_works_on_is_left_to_it(store: Store, left: Job) -> None:
    other = Work(store, SharedReader(Reader), waiting=2)
    other.start()
    found = other.get(left.id)
    assert found is not None
    assert found.state == "waiting"
    assert other.recent() == [], "it is no work of this one"
    assert other.journal.take_over() == []
    other.close()


@pytest.mark.parametrize(
    ("owner", "gone"),
    [
        (f"{socket.gethostname()}:{os.getpid()}:an earlier one", True),
        (f"{socket.gethostname()}:{os.getppid()}:another", False),
        ("elsewhere:1:another", False),
    ],
)
def test_a_server_that_is_gone_is_told_from_one_that_is_there(
    store: Store, left: Job, owner: str, gone: bool
) -> None:
    with store.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == left.id).values(owner=owner))
    other = Work(store, SharedReader(Reader), waiting=2)
    assert [one.job.id for one in other.journal.take_over()] == ([left.id] if gone else [])
    other.close()


def test_a_server_elsewhere_is_gone_when_nothing_is_heard_of_it(store: Store, left: Job) -> None:
    long_ago = {"owner": "elsewhere:1:another", "noted_at": "2025-01-01T00:00:00+00:00"}
    with store.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == left.id).values(long_ago))
    other = Work(store, SharedReader(Reader), waiting=2)
    other.start()
    found = other.get(left.id)
    assert found is not None
    assert (found.state, "give it again" in found.why) == ("failed", True), "nothing was written"
    other.close()


def test_a_store_of_the_first_version_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Store.open(path) as store, store.write() as connection:
        for table in (job_files, jobs):
            table.drop(connection)
        connection.execute(update(schema.meta).values(value="1"))
    with Store.open(path) as store, store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(jobs)) == 0

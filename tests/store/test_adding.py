import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.store.building import record

from onrecord.errors import ModelError, StoreError, UnsupportedInput
from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.record import Record
from onrecord.store import Store, adding, checks, save, schema

KILLS = int(os.environ.get("ONRECORD_KILLS", "6"))
"""How often a run is killed; 50 in the thorough check."""


class Reader:
    """Gives the records made by hand for their texts."""

    def __init__(self, version: str = "by hand", many: int = 60) -> None:
        self.version = version
        self.known = {made.text: made for made in (record(k) for k in range(many))}
        self.read_so_far = 0

    def read(self, text: str, **known: str | None) -> Record:
        self.read_so_far += 1
        if "BROKEN" in text:
            raise ValueError("no such luck")
        return self.known[text]


def items(many: int, first: int = 0) -> Iterator[Item]:
    for k in range(first, first + many):
        made = record(k)
        document = Document(
            text=made.text, title=made.report.title, published=made.report.published, name=str(k)
        )
        yield Item("stories.jsonl", document)


def run(
    store: Store, given: Iterator[Item], reader: Reader, *, reread: bool = False
) -> Counter[str]:
    return Counter(one.did for one in adding.add(store, given, lambda: reader, reread=reread))


def reports(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(schema.reports)) or 0


def ids(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.scalars(select(schema.reports.c.id)))


def faults(store: Store) -> list[checks.Finding]:
    return [one for one in checks.check(store) if one.faults]


def test_what_is_there_is_not_read_again(store: Store) -> None:
    reader = Reader()
    assert run(store, items(4), reader) == {"read": 4}
    assert run(store, items(6), reader) == {"known": 4, "read": 2}
    assert reader.read_so_far == 6
    assert reports(store) == 6


def test_one_that_can_t_be_read_does_not_stop_the_others(store: Store) -> None:
    broken = Item("b.txt", Document(text="BROKEN"))
    missing = Item("c.txt", None, UnsupportedInput("c.txt: a film"))
    given = iter([broken, *items(1), missing])
    outcomes = list(adding.add(store, given, Reader))
    assert [one.did for one in outcomes] == ["failed", "read", "failed"]
    assert "please report it" in outcomes[0].why


def test_a_text_that_comes_twice_running_is_read_once(store: Store) -> None:
    reader = Reader()
    (first,) = items(1)
    given = [first, replace(first, place="other.jsonl"), *items(2, first=1), first]
    assert run(store, iter(given), reader) == {"read": 3, "known": 2}
    assert reader.read_so_far == 3
    with store.read() as connection:
        places = connection.scalars(select(schema.appearances.c.place)).all()
    assert sorted(places) == ["other.jsonl", *["stories.jsonl"] * 3]


def from_elsewhere(kept: dict[str, Any] | None = None, **told: str) -> Item:
    made = record(9)
    odd = replace(made, report=replace(made.report, **told))  # type: ignore[arg-type]
    return Item("odd.jsonl", Document(text=odd.text, records=(odd,), kept=kept))


@pytest.mark.parametrize(
    "odd",
    [
        from_elsewhere(publisher="\ud800"),
        from_elsewhere({"appearances": [{"place": 1}]}),
        from_elsewhere({"review": {"id": "v-1", "action": "merge", "after": {}}}),
    ],
)
def test_what_can_t_be_kept_is_told_and_the_others_are(store: Store, odd: Item) -> None:
    outcomes = list(adding.add(store, [*items(1), odd, *items(1, first=1)], Reader))
    assert [one.did for one in outcomes] == ["read", "failed", "read"]
    assert outcomes[1].why.startswith("odd.jsonl")
    assert "please report" not in outcomes[1].why
    assert reports(store) == 2
    assert faults(store) == []


def test_a_value_that_the_database_has_no_room_for_fails_alone(store: Store) -> None:
    given = [from_elsewhere(language="x" * 60), *items(1)]
    first, second = adding.add(store, given, Reader)
    assert first.did == ("failed" if store.dialect == "postgresql" else "kept")
    assert second.did == "read"
    assert faults(store) == []


class Stopped(Reader):
    """Raises at the fourth text."""

    def __init__(self, fault: BaseException) -> None:
        super().__init__()
        self.fault = fault

    def read(self, text: str, **known: str | None) -> Record:
        if self.read_so_far == 3:
            raise self.fault
        return super().read(text, **known)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ModelError("damaged")])
def test_a_run_that_is_stopped_has_kept_what_it_told(store: Store, fault: BaseException) -> None:
    reader = Stopped(fault)
    told: list[str] = []
    with pytest.raises(type(fault)):
        told.extend(one.report for one in adding.add(store, items(6), lambda: reader))
    assert set(told) <= ids(store)
    assert len(told) == 3 or isinstance(fault, KeyboardInterrupt)
    assert {one.check for one in faults(store)} <= {"links"}
    again = run(store, items(6), Reader())
    assert again["known"] + again["read"] == 6
    assert reports(store) == 6
    assert faults(store) == []


def test_the_page_behind_a_summary_is_fetched_once(store: Store) -> None:
    fetched: list[str] = []

    def whole(document: Document) -> Document:
        fetched.append(document.name or "")
        return replace(document, text=record(7).text, summary_of=None)

    link = "https://wire.example/7"
    summary = Document(text="Talks resume.", name=link, summary_of=link)
    twice = [Item("feed.xml", summary)] * 2
    for did in (["read", "known"], ["known", "known"]):
        assert [one.did for one in adding.add(store, twice, Reader, whole=whole)] == did
    assert fetched == [link]
    assert reports(store) == 1


def test_a_newer_reader_reads_again_where_it_is_asked_to(store: Store) -> None:
    run(store, items(2), Reader("old"))
    assert run(store, items(2), Reader("new")) == {"known": 2}
    assert run(store, items(2), Reader("new"), reread=True) == {"reread": 2}
    assert run(store, items(2), Reader("new"), reread=True) == {"known": 2}
    assert checks.readers(store) == {"new": 2}


def test_a_run_that_is_killed_loses_nothing_and_doubles_nothing(url: str) -> None:
    many, chance = 40, random.Random(5)
    with Store.open(url):
        pass
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                with Store.open(url) as store:
                    run(store, items(many), Reader())
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.0, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with Store.open(url) as store:
        run(store, items(many), Reader())
        assert reports(store) == many
        assert faults(store) == []


def test_two_runs_at_once_share_the_work(url: str) -> None:
    with Store.open(url):
        pass
    children = []
    for first in (0, 5):
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                with Store.open(url) as store:
                    run(store, items(15, first), Reader())
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with Store.open(url) as store:
        assert reports(store) == 20
        assert faults(store) == []


def test_a_reader_sees_whole_reports_while_one_writes(url: str) -> None:
    seen: list[tuple[int, int]] = []
    done = threading.Event()

    def look() -> None:
        with Store.open(url) as store:
            while not done.is_set():
                with store.read() as connection:
                    whole = connection.scalar(select(func.count()).select_from(schema.reports)) or 0
                    time.sleep(0.002)
                    texts = connection.scalar(select(func.count()).select_from(schema.texts)) or 0
                seen.append((whole, texts))

    with Store.open(url) as store:
        watcher = threading.Thread(target=look)
        watcher.start()
        run(store, items(10), Reader())
        done.set()
        watcher.join()
    assert all(whole == texts for whole, texts in seen)
    assert seen


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "full.db") as store:
        run(store, items(3), Reader())
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        told: list[str] = []
        with pytest.raises(StoreError, match="disk is full; what was added before is kept"):
            told.extend(one.report for one in adding.add(store, items(60), Reader))
        assert set(told) <= ids(store)
        kept = reports(store)
    with Store.open(tmp_path / "full.db") as store:
        assert reports(store) == kept >= 3
        assert {one.check for one in faults(store)} <= {"links"}
        run(store, items(20), Reader())
        assert reports(store) == max(kept, 20)
        assert faults(store) == []


def test_a_server_that_goes_away_is_told_and_the_next_run_goes_on(server: str, url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite has no server")

    def until_cut(store: Store) -> Iterator[Item]:
        yield from items(3)
        with store.engine.connect() as connection:
            connection.execution_options(writes=False)
            others = text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(others)
        raise StoreError("cut")

    told: list[str] = []
    with Store.open(url) as store:
        with pytest.raises(StoreError):
            told.extend(one.report for one in adding.add(store, until_cut(store), Reader))
        kept = ids(store)
        assert set(told) <= kept
        with pytest.raises(StoreError, match="gone"):
            cut_off(store)
    with Store.open(url) as store:
        again = run(store, items(5), Reader())
        assert (again["known"], again["read"]) == (len(kept), 5 - len(kept))
        assert reports(store) == 5
        assert faults(store) == []


def cut_off(store: Store) -> None:
    """Writes a report over a connection that the server closes before it is committed."""
    with store.write() as connection:
        save.put(connection, record(9), save.Found(place="x"), reader="x")
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

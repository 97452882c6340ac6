"""How long questions to a store take, and how that grows with the store.

``python -m benchmarks.store --records DIR`` makes stores of growing size out of the records (JSON
files) in DIR and asks every question of each, with and without filters, several times. By default
the stores are small, so that it takes seconds; the sizes that matter are given by ``--sizes``:

    python -m benchmarks.store --records DIR --sizes 1000 10000 100000

With ``--postgresql`` they are made in a server of PostgreSQL's that is started for it, as the tests
start theirs, with the settings that Debian gives it but for what makes filling quicker.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection

from benchmarks.filling import fill
from onrecord import views
from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.store import Store
from onrecord.store.schema import catalogue, tallies
from onrecord.views import Filters

TARGET_MS = 200
"""What a question may take at the median with 100,000 reports in the store."""

Question = Callable[[Connection], Any]
Clock = Callable[[], float]


def records(folder: Path) -> list[Record]:
    """The records in a folder's JSON files; what is no record is passed over."""
    found = []
    for path in sorted(folder.rglob("*.json")):
        try:
            found.append(Record.from_json(path.read_bytes()))
        except RecordError:
            continue
    return found


def questions(party: str) -> dict[str, Question]:
    """Every question, plain and with filters."""
    every = Filters()
    days = Filters(since="2023-06-01", until="2023-06-30")
    one = Filters(party=(party,))
    topic = Filters(topic=("ceasefire",))
    unnamed = Filters(authority=("unnamed",))
    return {
        "positions": lambda c: views.positions(c, Filters(limit=10)),
        "positions --party": lambda c: views.positions(c, one),
        "positions --since --until": lambda c: views.positions(c, days),
        "positions --changed-since": lambda c: views.positions(
            c, Filters(limit=10), changed_since="2024-08-01"
        ),
        "ledger": lambda c: views.ledger(c, Filters(limit=12)),
        "ledger --party": lambda c: views.ledger(c, Filters(party=(party,), limit=12)),
        "ledger --topic": lambda c: views.ledger(c, Filters(topic=("ceasefire",), limit=12)),
        "timeline": lambda c: views.timeline(c, every),
        "timeline --party": lambda c: views.timeline(c, one),
        "timeline --since --until": lambda c: views.timeline(c, days),
        "timeline --authority": lambda c: views.timeline(c, unnamed),
        "figures": lambda c: views.figures(c, Filters(limit=8)),
        "figures --what --who": lambda c: views.figures(
            c, Filters(limit=8), what="killed", who="people"
        ),
        "disputes": lambda c: views.disputes(c, Filters(limit=15)),
        "disputes --topic": lambda c: views.disputes(c, Filters(topic=("ceasefire",), limit=15)),
        "disputes --party": lambda c: views.disputes(c, Filters(party=(party,), limit=15)),
        "sources": lambda c: views.sources(c, Filters(limit=12)),
        "sources --party": lambda c: views.sources(c, Filters(party=(party,), limit=12)),
        "sources --since --until": lambda c: views.sources(c, days),
        "sources --weak": lambda c: views.weak(c, every),
        "search": lambda c: views.search(c, "ceasefire hostages", Filters(limit=10)),
        "search, a common word": lambda c: views.search(c, "said", Filters(limit=10)),
        'search, "a phrase"': lambda c: views.search(c, '"security sources"', Filters(limit=10)),
        "search --party --topic": lambda c: views.search(
            c, "talks", Filters(party=(party,), topic=topic.topic, limit=10)
        ),
    }


CLOCKS: dict[str, Clock] = {"wall": time.perf_counter, "cpu": time.process_time}
"""What is measured: the time that passes, or, where others use the machine too, our own."""


def measured(store: Store, times: int, clock: Clock = time.perf_counter) -> dict[str, float]:
    """The median of each question, in milliseconds, each asked with a connection of its own."""
    party = foremost(store)
    return {name: _median(store, ask, times, clock) for name, ask in questions(party).items()}


def foremost(store: Store) -> str:
    """The party with the most positions: the hardest one to ask for."""
    with store.read() as connection:
        most = (
            tallies.select()
            .where(tallies.c.layer == "positions", tallies.c.facet == "")
            .order_by(tallies.c.entries.desc())
            .limit(1)
        )
        number = connection.execute(most).one().who_n
        known = connection.execute(catalogue.select().where(catalogue.c.n == number)).one()
        return str(known.name)


def _median(store: Store, ask: Question, times: int, clock: Clock) -> float:
    took = []
    for _ in range(times):
        began = clock()
        with store.read() as connection:
            ask(connection)
        took.append(1000 * (clock() - began))
    return median(took)


def table(results: dict[int, dict[str, float]]) -> str:
    """The medians as a table, a column a size."""
    sizes = list(results)
    lines = [f"{'question':28}" + "".join(f"{size:>10,}" for size in sizes) + "   ms"]
    for name in next(iter(results.values())):
        lines.append(f"{name:28}" + "".join(f"{results[size][name]:10.1f}" for size in sizes))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> dict[int, dict[str, float]]:
    """Fills the stores, asks, and prints the table."""
    given = _parser().parse_args(arguments)
    made = records(given.records)
    results: dict[int, dict[str, float]] = {}
    with _places(given) as place:
        for size in given.sizes:
            with Store.open(place(size)) as store:
                began = time.perf_counter()
                for done in fill(store, made, size):
                    if done % 5000 == 0:
                        print(f"{done:,} reports, {time.perf_counter() - began:.0f} s", flush=True)
                results[size] = measured(store, given.times, CLOCKS[given.clock])
            if given.json:  # of what takes long, what is done is not lost
                given.json.write_text(json.dumps(results, indent=1))
    print(table(results))
    return results


_FILLING = ("fsync=off", "max_wal_size=8GB", "maintenance_work_mem=512MB")
"""Settings of a server that make filling quicker and don't bear on questions."""


@contextmanager
def _places(given: argparse.Namespace) -> Iterator[Callable[[int], str]]:
    """Where a store of each size can be made."""
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.store:
            yield lambda size: str(given.store)
        elif not given.postgresql:
            yield lambda size: str(Path(folder) / f"{size}.db")
        else:
            from tests.store import postgres  # starts servers for the tests as well

            with postgres.server(settings=_FILLING, folder=given.folder) as url:
                yield lambda size: _database(url, f"reports_{size}")


def _database(server: str, name: str) -> str:
    """The URL of a new database of a server."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{server.rpartition('/')[0]}/{name}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=Path, default=Path("tests/fixtures"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall")
    parser.add_argument("--store", help="a URL of PostgreSQL's, empty, for a single size")
    parser.add_argument("--postgresql", action="store_true", help="in a server made for it")
    parser.add_argument("--folder", help="where the stores lie while they are measured")
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    main()

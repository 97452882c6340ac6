"""How soon the pages begin to come while many clients ask, and how heavy they are.

``python -m benchmarks.serve --store PATH`` starts `onrecord serve` over the store and has clients
ask for pages of every kind, each as soon as it has the one before (or after a pause, with
``--pause``): other reports, actors, parties, topics, days, words and pages each time, so that
little can be given from memory. `--alone` has all clients ask for one kind of page at a time, each
kind in turn; `--writing SECONDS` writes to the store so often, after which nothing that the server
keeps is given again. With ``--fill NUMBER --records DIR`` the store is made first:

    python -m benchmarks.serve --store big.db --fill 100000 --records DIR --seconds 30

Says which kinds of pages miss, and exits with 1 where one does: its first byte comes later than
`MEDIAN_MS` at the median or `P95_MS` at the 95th percentile, or it is heavier than `LARGEST`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, select

from benchmarks.filling import fill
from benchmarks.store import records
from onrecord.store import Store, schema
from onrecord.vocabulary import TOPICS

MEDIAN_MS, P95_MS, LARGEST = 300.0, 1000.0, 500_000
"""What must be reached, with 100,000 reports and 20 clients; the last without plots, in bytes."""

_KNOWN = 4000
"""Reports, and actors, of which pages are asked for."""
_WORDS = (
    "ceasefire", "hostages", "talks", "border", "minister", "aid", "troops", "proposal",
    "prisoners", "army", "killed", '"prime minister"', "negotiat*", "withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """What a store has that can be asked for."""

    reports: Sequence[str]
    actors: Sequence[str]
    parties: Sequence[str]
    days: Sequence[str]


def world(connection: Connection) -> World:
    """The store's, at random but the same each time."""
    chance = random.Random(3)
    ids = connection.scalars(select(schema.reports.c.id)).all()
    known = connection.scalars(select(schema.catalogue.c.id).limit(50_000)).all()
    top = select(schema.catalogue.c.name).join(
        schema.tallies, schema.tallies.c.who_n == schema.catalogue.c.n
    )
    its = (schema.tallies.c.layer == "positions", schema.tallies.c.facet == "")
    names = connection.scalars(
        top.where(*its, schema.tallies.c.side == "party")
        .order_by(schema.tallies.c.entries.desc())
        .limit(200)
    ).all()
    days = connection.scalars(
        select(schema.reports.c.day).where(schema.reports.c.day > "").distinct()
    ).all()
    return World(
        reports=chance.sample(ids, min(_KNOWN, len(ids))),
        actors=chance.sample(known, min(_KNOWN, len(known))),
        parties=list(dict.fromkeys(names)),
        days=sorted(days),
    )


Make = Callable[[random.Random, World], str]


def _filtered(path: str, *, topics: bool = True, first: dict[str, str] | None = None) -> Make:
    """A page of an answer: a third of them plain, a third of a party, a third of some days."""

    def make(chance: random.Random, at: World) -> str:
        query: dict[str, Any] = dict(first or {})
        kind = chance.randrange(3)
        if kind == 0:
            query["page"] = chance.randint(1, 12)
        elif kind == 1:
            query["party"] = chance.choice(at.parties)
        else:
            begin = chance.randrange(len(at.days))
            query |= {"since": at.days[begin], "until": at.days[min(begin + 20, len(at.days) - 1)]}
        if topics and chance.random() < 0.3:
            query["topic"] = chance.choice(TOPICS)
        return f"{path}?{urlencode(query)}"

    return make


def _start(chance: random.Random, at: World) -> str:
    return f"/?x={chance.randrange(10**9)}"  # nobody asks so; it is made anew each time


def _search(chance: random.Random, at: World) -> str:
    words = " ".join(chance.sample(_WORDS, chance.randint(1, 2)))
    return f"/search?{urlencode({'q': words, 'page': chance.randint(1, 5)})}"


PAGES: dict[str, Make] = {
    "/": _start,
    "/reports": lambda chance, at: f"/reports?page={chance.randint(1, 50)}",
    "/reports/ID": lambda chance, at: f"/reports/{chance.choice(at.reports)}",
    "/positions": _filtered("/positions"),
    "/ledger": _filtered("/ledger"),
    "/timeline": _filtered("/timeline", topics=False),
    "/figures": _filtered("/figures", topics=False),
    "/disputes": _filtered("/disputes"),
    "/actors": lambda chance, at: f"/actors?page={chance.randint(1, 50)}",
    "/actors/ID": lambda chance, at: f"/actors/{chance.choice(at.actors)}",
    "/sources": _filtered("/sources"),
    "/search": _search,
    "/review": lambda chance, at: f"/review?page={chance.randint(1, 20)}",
}


@dataclass
class Seen:
    """What came of the requests for one kind of page."""

    first_byte_ms: list[float] = field(default_factory=list)
    largest: int = 0
    failed: list[str] = field(default_factory=list)

    def row(self, name: str) -> dict[str, Any]:
        """The figures."""
        times = self.first_byte_ms or [float("nan")]
        late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        return {
            "page": name,
            "requests": len(self.first_byte_ms),
            "median_ms": round(median(times), 1),
            "p95_ms": round(late, 1),
            "largest_kb": round(self.largest / 1000, 1),
            "failed": len(self.failed),
        }


class Client(threading.Thread):
    """Asks for one page after the other until the time is over."""

    def __init__(
        self, number: int, port: int, at: World, until: float, pause: float, pages: Sequence[str]
    ) -> None:
        super().__init__(daemon=True)
        self.chance = random.Random(number)
        self.port, self.at, self.until, self.pause, self.pages = port, at, until, pause, pages
        self.seen: dict[str, Seen] = defaultdict(Seen)

    def run(self) -> None:
        """Asks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.monotonic() < self.until:
            kind = self.chance.choice(self.pages)
            self._ask(connection, kind, PAGES[kind](self.chance, self.at))
            if self.pause:
                time.sleep(self.chance.uniform(0.5, 1.5) * self.pause)
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, kind: str, path: str) -> None:
        begun = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        head = answer.read(1)
        seen = self.seen[kind]
        seen.first_byte_ms.append((time.perf_counter() - begun) * 1000)
        body = head + answer.read()
        if answer.status == 200:
            seen.largest = max(seen.largest, len(body))
        elif answer.status != 404:  # a party that has none of what is asked for
            seen.failed.append(f"{answer.status} {path}")


def processor_seconds(pid: int) -> float:
    """What a process and those it started have used so far (on Linux; elsewhere 0).

    On a machine that does other work meanwhile it says more than the clock.
    """
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        if int(name.split()[0]) == pid or int(fields[1]) == pid:
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


@contextmanager
def serving(store: Path) -> Iterator[tuple[int, int]]:
    """The server: its port and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _await(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if server.poll() is not None:
                raise SystemExit("the server did not start") from None
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def load(
    port: int, at: World, *, clients: int, seconds: float, pause: float, pages: Sequence[str]
) -> dict[str, Seen]:
    """Has clients ask for so long."""
    until = time.monotonic() + seconds
    threads = [Client(n, port, at, until, pause, pages) for n in range(clients)]
    for thread in threads:
        thread.start()
    found: dict[str, Seen] = defaultdict(Seen)
    for thread in threads:
        thread.join()
        for kind, seen in thread.seen.items():
            found[kind].first_byte_ms += seen.first_byte_ms
            found[kind].largest = max(found[kind].largest, seen.largest)
            found[kind].failed += seen.failed
    return found


@contextmanager
def writing(store: Path, every: float) -> Iterator[None]:
    """Writes to the store every so many seconds while it lasts; 0: never."""
    ends = threading.Event()

    def write() -> None:
        mark = {"key": "benchmark", "value": ""}
        with Store.open(store, create=False) as opened:
            while not ends.wait(every):
                with opened.write() as connection:
                    gone = schema.meta.c.key == mark["key"]
                    if not connection.execute(schema.meta.delete().where(gone)).rowcount:
                        connection.execute(schema.meta.insert().values(mark))

    thread = threading.Thread(target=write, daemon=True)
    if every:
        thread.start()
    try:
        yield
    finally:
        ends.set()
        if every:
            thread.join()


def measure(store: Path, given: argparse.Namespace) -> list[dict[str, Any]]:
    """The figures of each kind of page, and of all."""
    pages = given.pages or list(PAGES)
    with Store.open(store, create=False) as opened, opened.read() as connection:
        at = world(connection)
    found: dict[str, Seen] = {}
    with serving(store) as (port, pid), writing(store, given.writing):
        load(port, at, clients=1, seconds=min(5.0, given.seconds), pause=0, pages=pages)
        before = processor_seconds(pid)
        for some in [[one] for one in pages] if given.alone else [pages]:
            found |= load(
                port,
                at,
                clients=given.clients,
                seconds=given.seconds,
                pause=given.pause,
                pages=some,
            )
        used = processor_seconds(pid) - before
    whole = Seen()
    for seen in found.values():
        whole.first_byte_ms += seen.first_byte_ms
        whole.largest = max(whole.largest, seen.largest)
        whole.failed += seen.failed
    for fault in whole.failed[:10]:
        print(fault, file=sys.stderr)
    last = whole.row("all")
    last["processor_ms"] = round(used * 1000 / max(1, last["requests"]), 1)
    return [*(found[name].row(name) for name in pages if name in found), last]


def good(row: dict[str, Any]) -> bool:
    """Whether a row reaches what must be reached."""
    return bool(
        row["median_ms"] <= MEDIAN_MS
        and row["p95_ms"] <= P95_MS
        and row["largest_kb"] * 1000 <= LARGEST
        and not row["failed"]
    )


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True, help="an SQLite file")
    parser.add_argument("--fill", type=int, default=0, help="make it first, with so many reports")
    parser.add_argument("--records", type=Path, help="a folder of records to make it of")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between a client's pages")
    parser.add_argument("--alone", action="store_true", help="each kind of page by itself")
    parser.add_argument(
        "--writing", type=float, default=0.0, help="write to the store every so many seconds"
    )
    parser.add_argument("--pages", nargs="*", choices=PAGES, help="only these")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args(given)


def main(options: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    given = arguments(options)
    if given.fill:
        with Store.open(given.store) as opened:
            for many in fill(opened, records(given.records), given.fill):
                print(f"{many:,} reports", end="\r", file=sys.stderr)
    rows = measure(given.store, given)
    print(f"{'page':<14}{'requests':>9}{'median ms':>11}{'p95 ms':>9}{'KB':>8}")
    for row in rows:
        sign = "" if good(row) else "  misses"
        print(
            f"{row['page']:<14}{row['requests']:>9}{row['median_ms']:>11}{row['p95_ms']:>9}"
            f"{row['largest_kb']:>8}{sign}"
        )
    print(f"processor time a request: {rows[-1]['processor_ms']} ms")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0 if all(good(row) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

"""A reader without a model, quick and pure, that does what some texts tell it to; its inputs."""

import hashlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.record import Actor, Event, Figure, Record, Report, Span, Statement
from onrecord.running import Plan, Settings, run
from onrecord.running.problems import Bound

READER = "tests.running.fakes:reader"


class Reader:
    """Takes every `X said ...` for a statement, every number for a figure."""

    version = "fake 1"

    def read(self, text: str, **known: str | None) -> Record:
        _obey(text)
        report = Report(
            id=known.get("id") or "r", title=known.get("title"),
            published=known.get("published"), publisher=known.get("publisher"), text=text,
        )  # fmt: skip
        names = list(dict.fromkeys(re.findall(r"(\w+) said", text)))
        ids = {name: f"a{n}" for n, name in enumerate(names, 1)}
        statements = list(_statements(text, ids))
        return Record(
            report=report,
            actors=tuple(Actor(id=ids[name], name=name, kind="person") for name in names),
            statements=tuple(statements),
            events=tuple(_events(text, statements)),
            figures=tuple(_figures(text)),
        )


def _obey(text: str) -> None:
    if "TAKES" in text:
        time.sleep(0.02)
    if "BROKEN" in text:
        raise ValueError("no such luck")
    if "SLOW" in text:
        time.sleep(600)
    if "STUCK" in text:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # as a library in C would be
        time.sleep(600)
    if "DEADLY" in text:
        os.kill(os.getpid(), signal.SIGKILL)


def _statements(text: str, ids: dict[str, str]) -> Iterator[Statement]:
    for n, found in enumerate(re.finditer(r"(\w+) (said) ([^.\n]+)", text), 1):
        source, cue, content = (Span.of(text, *found.span(k)) for k in (1, 2, 3))
        yield Statement(
            id=f"s{n}", content=(content,), cue=cue, source=source, speaker=(ids[source.text],),
            mode="indirect", act="assert", authority="named", origin="fake/1",
        )  # fmt: skip


def _events(text: str, statements: Iterable[Statement]) -> Iterator[Event]:
    for n, said in enumerate(statements, 1):
        first = said.content[0]
        trigger = Span.of(text, first.start, first.start + len(first.text.split()[0]))
        yield Event(
            id=f"e{n}", type="CONSULT", trigger=trigger, actors=said.speaker, voice=said.id,
            status="actual",
        )  # fmt: skip


def _figures(text: str) -> Iterator[Figure]:
    for n, found in enumerate(re.finditer(r"\d+", text), 1):
        span = Span.of(text, *found.span())
        yield Figure(id=f"f{n}", span=span, value=int(found[0]), bound="exact", what="other")


def reader(model: str | None) -> Reader:
    """What the workers make."""
    return Reader()


def line(k: int, extra: str = "") -> str:
    """A report as a line of JSON."""
    text = f"Brenna said the council met {k} envoys. {extra}\n\nMarrow said talks go on, No. {k}."
    return json.dumps({"text": text, "published": "2025-05-26", "id": f"n{k}"})


def corpus(path: Path, many: int, *, extra: str = "", first: int = 0) -> Path:
    """A file of so many reports."""
    lines = (line(k, extra) + "\n" for k in range(first, first + many))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def settings(folder: Path, **other: Any) -> Settings:
    return Settings(folder=str(folder), reader=READER, **other)


def plan(places: Iterable[Path | str], folder: Path, *, size: int = 1500, **other: Any) -> Plan:
    """A run with the fake reader, in shards of some ten reports."""
    mine = {k: other.pop(k) for k in ("seconds", "batch") if k in other}
    return Plan(
        places=[str(place) for place in places], folder=folder, size=size,
        settings=settings(folder, **mine), **{"workers": 1, "bound": Bound.of("100%"), **other},
    )  # fmt: skip


def tree(folder: Path) -> dict[str, str]:
    """The digest of every file that a run has written."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    progress = run(plan([sys.argv[1]], Path(sys.argv[2]), workers=2))
    print(progress.reports)

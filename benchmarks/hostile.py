"""Hostile inputs: `python -m benchmarks.hostile --many 10000 --check path/to/gold.py`.

Each case is made from its number alone, so `--first N --many 1` makes case N again. Every case must
come to a record or to a problem of the input's own: not to a fault of onrecord's, not to the time
limit; and every record must pass the check of its contract.
"""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from benchmarks.texts import EXAMPLES
from onrecord.intake import from_bytes, lines
from onrecord.intake.document import Document
from onrecord.reading.shipped import ShippedReader
from onrecord.running.batch import Batch, read_batch
from onrecord.running.documents import Unit

_ODD = (
    "\u202e\u200b\u0301\ufeff\u2028\u0085\u00a0\x00\x1b\ufffd\U0001f4a3\u0660\u00b2\u00bd\u4e00\u0627"
    "“”‘’\"'`´«»()[]{}<>&;:,.!?…—–-_/\\|%$#@*+=~^\t\n\r "
)
_WORDS = (
    "said denied that the Front rejected a truce Kaldia Velmar two sources officials more than one "
    "hundred thousand million killed captives offered demanded according to would not told Reuters "
    "and , . \" “ ” ( ) : ; 's 20 3,000 1.5 per cent who which if unless reportedly"
).split(" ")
_TEXTS = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]

Chance = random.Random


def _bytes(chance: Chance) -> bytes:
    return chance.randbytes(chance.randrange(1, 4000))


def _soup(chance: Chance) -> bytes:
    """Odd characters between letters."""
    alphabet = _ODD + "abc the said " * chance.randrange(1, 9)
    return "".join(chance.choices(alphabet, k=chance.randrange(1, 3000))).encode()


def _salad(chance: Chance) -> bytes:
    """The words that rules look for, in any order."""
    return " ".join(chance.choices(_WORDS, k=chance.randrange(1, 600))).encode()


def _bitten(chance: Chance) -> bytes:
    """A report with pieces cut out, put in, doubled and turned over."""
    data = bytearray(chance.choice(_TEXTS).encode())
    for _ in range(chance.randrange(1, 12)):
        a = chance.randrange(len(data) + 1)
        b = min(len(data), a + chance.randrange(80))
        piece = (b"", chance.randbytes(5), bytes(data[a:b]) * 9, bytes(data[a:b])[::-1])
        data[a:b] = chance.choice(piece)
    return bytes(data)


def _nested(chance: Chance) -> bytes:
    """Quotes in quotes, speakers in speakers, brackets in brackets."""
    deep = chance.randrange(2, 400)
    before, after = chance.choice(
        [("Kaldia said that ", ""), ("“", "”"), ('"', '"'), ("(", ")"), ("he denied ", ", he said")]
    )
    return (before * deep + "the Front killed 20 people" + after * deep + ".").encode()


def _long(chance: Chance) -> bytes:
    """One thing far too often, or far too long."""
    one = chance.choice(
        [
            "a",
            "A.",
            "1",
            "1,",
            " million",
            "\n",
            "\n\n",
            "“",
            '"',
            "said ",
            ". ",
            "-",
            "Mr. ",
            "é",
            "not ",
        ]
    )
    return ("The Front " + one * chance.randrange(500, 9000) + " said so.").encode()


def _page(chance: Chance) -> bytes:
    """HTML that is not well."""
    tags = ["p", "div", "table", "td", "script", "style", "h1", "article", "b", "br", "svg"]
    out = ["<!doctype html><html><head><title>Front &amp rejects &#x110000; truce</title>"]
    for _ in range(chance.randrange(1, 400)):
        tag = chance.choice(tags)
        out.append(chance.choice([f"<{tag}>", f"</{tag}>", f"<{tag} class='{tag}", "&#0;", "<!--"]))
        out.append(" ".join(chance.choices(_WORDS, k=chance.randrange(12))))
    return "".join(out).encode()


def _packed(chance: Chance) -> bytes:
    """What begins like a PDF or something packed and isn't."""
    head = chance.choice(
        [b"%PDF-1.7\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"\xff\xfe"]
    )
    return head + chance.choice([_bytes, _salad])(chance)


def _line(chance: Chance) -> bytes:
    """JSON with other types than one would think."""
    odd: list[object] = [None, 10**400, -1, 1e308, True, [], {}, [[[]]], "\ud800"]
    odd += ["x" * 5000, {"a": {"b": []}}]
    names = ["text", "title", "published", "date", "publisher", "authors", "id", "report", "body"]
    row = {name: chance.choice(odd) for name in chance.sample(names, chance.randrange(1, 6))}
    if chance.random() < 0.6:
        row["text"] = _salad(chance).decode()
    whole = json.dumps(row).encode()
    return chance.choice([whole, whole[: chance.randrange(len(whole))], b"[" * 100_000])


MAKERS: tuple[Callable[[Chance], bytes], ...] = (
    _bytes, _soup, _salad, _bitten, _nested, _long, _page, _packed, _line,
)  # fmt: skip


def case(number: int) -> tuple[str, bytes]:
    """The kind and the bytes of a case."""
    chance = Chance(number)
    maker = MAKERS[number % len(MAKERS)]
    data = maker(chance)
    return maker.__name__.strip("_"), gzip.compress(data)[:-4] if number % 97 == 0 else data


def unit(kind: str, data: bytes) -> Unit:
    """What takes the report out of the bytes."""
    if kind == "line":
        return partial(lines.document, data, name=kind)
    return partial(_taken, data, kind)


def _taken(data: bytes, name: str) -> Document:
    return from_bytes(data, name=name)


def failures(number: int, batch: Batch) -> Iterator[str]:
    """What a case must not come to."""
    for problem in batch.problems:
        if problem.kind not in ("empty", "unreadable"):
            yield f"case {number}: {problem.kind}: {problem.why}"


@click.command(help=__doc__)
@click.option("--many", default=10_000, show_default=True)
@click.option("--first", default=0, show_default=True)
@click.option("--seconds", default=30.0, show_default=True, help="The time limit of a case.")
@click.option("--check", type=click.Path(exists=True, path_type=Path), help="gold.py.")
def main(many: int, first: int, seconds: float, check: Path | None) -> None:
    """Reads the cases, checks the records, and tells what went wrong."""
    reader, tally, wrong = ShippedReader(), Counter[str](), list[str]()
    longest = (0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + many):
            kind, data = case(number)
            began = time.monotonic()
            batch = read_batch([(number, unit(kind, data))], reader, shard="x", seconds=seconds)
            longest = max(longest, (time.monotonic() - began, number))
            wrong += failures(number, batch)
            tally.update(problem.kind for problem in batch.problems)
            for n, row in enumerate(batch.rows.get("reports", ())):
                tally["record"] += 1
                record = json.loads(row["record"])
                record["report"]["text"] = row["text"]
                path = Path(folder) / f"{number}-{n}.json"
                path.write_text(json.dumps(record), encoding="utf-8")
        if check:
            wrong += _checked(check, sorted(Path(folder).iterdir()))
    click.echo(json.dumps({**tally, "longest_seconds": round(longest[0], 2), "at": longest[1]}))
    for line in wrong:
        click.echo(line)
    sys.exit(bool(wrong))


def _checked(check: Path, paths: list[Path]) -> Iterator[str]:
    """What gold.py says of records that break their contract."""
    for k in range(0, len(paths), 200):
        command = [sys.executable, str(check), "check", *map(str, paths[k : k + 200])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield (done.stdout + done.stderr)[-3000:]


if __name__ == "__main__":
    main()

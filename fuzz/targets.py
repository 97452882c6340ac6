"""What is done with bytes from elsewhere, and what must hold whatever they are.

A target takes bytes and comes back; what the input's own faults raise (`IntakeError`,
`RecordError`) is no find, and everything else is.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import math
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice

from onrecord.errors import IntakeError, RecordError
from onrecord.intake import dates, decoding, from_bytes, lines, stream
from onrecord.intake.document import Document
from onrecord.intake.language import marked
from onrecord.reading.reader import Reader
from onrecord.record import Record
from onrecord.running.rows import Told, rows, unpacked

Target = Callable[[bytes], None]

MOST_WORDS = 400
"""Words of a text that are read: one is read in some 20 ms then."""


def encodings(data: bytes) -> None:
    """Bytes as a server sends them with the name of an encoding: the first line, if it has one."""
    named, found, rest = data.partition(b"\n")
    charset = named.decode("latin-1")[:30] if found else None
    with contextlib.suppress(IntakeError):
        text, _ = decoding.decode(rest if found else data, name="fuzz", charset=charset)
        assert "\r" not in text
        assert "\x00" not in text
        text.encode("utf-8")


def page(data: bytes) -> None:
    """HTML, and what passes for it."""
    with contextlib.suppress(IntakeError, RecordError):
        _hold(from_bytes(b"<html>" + data, name="fuzz", url="https://example.org/a"))


def feed(data: bytes) -> None:
    """RSS and Atom."""
    _all(stream.within(io.BytesIO(data if b"<" in data[:40] else b"<rss>" + data), "fuzz"))


def archive(data: bytes) -> None:
    """WARC, plain and packed."""
    whole = data if data.startswith(b"WARC/") else b"WARC/1.0\r\n" + data
    _all(stream.within(io.BytesIO(whole), "fuzz"))
    _all(stream.within(io.BytesIO(gzip.compress(whole, 1, mtime=0)[: len(whole) + 10]), "fuzz"))


def pdf(data: bytes) -> None:
    """PDF."""
    with contextlib.suppress(IntakeError, RecordError):
        _hold(from_bytes(data if b"%PDF-" in data else b"%PDF-1.4\n" + data, name="fuzz"))


def line(data: bytes) -> None:
    """A line of JSON: a report, or a record."""
    with contextlib.suppress(IntakeError, RecordError):
        _hold(stream.finished(lines.document(data, name="fuzz")))
    made, warning = dates.iso(data.decode("utf-8", "replace"))
    assert made is None or warning is None


def anything(data: bytes) -> None:
    """A file that can be of any kind."""
    _all(stream.within(io.BytesIO(data), "fuzz"))


def text(data: bytes) -> None:
    """The reader's whole path: a text in, a record out that keeps its contract."""
    plain = data.decode("utf-8", "replace").replace("\x00", "\ufffd")
    title, found, body = plain.partition("\x1f")
    words = (body if found else plain).split(" ")[:MOST_WORDS]
    record = marked(_reader().read(" ".join(words), title=title if found else None))
    for row in rows(record, Told(shard="fuzz", number=1, reader="fuzz"))["reports"]:
        again = unpacked(row["text"], row["record"])
        assert again.to_dict() == record.to_dict()
    assert all(math.isfinite(figure.value) for figure in record.figures)


def record(data: bytes) -> None:
    """JSON that may be a record: it is refused, or comes out as it went in."""
    with contextlib.suppress(RecordError):
        made = Record.from_json(data.decode("utf-8", "replace"))
        assert Record.from_json(made.to_json()) == made


TARGETS: dict[str, Target] = {
    one.__name__: one for one in (encodings, page, feed, archive, pdf, line, anything, text, record)
}


def _all(items: Iterable[stream.Item]) -> None:
    for item in islice(items, 50):
        assert (item.document is None) != (item.error is None)
        if item.document is not None:
            _hold(item.document)


def _hold(document: Document) -> None:
    """What must hold of every document."""
    if document.records or document.kept:
        return
    assert any(character.isalnum() for character in document.text)
    assert "\x00" not in document.text
    for value in (document.text, document.title, document.publisher, document.byline):
        (value or "").encode("utf-8")


@cache
def _reader() -> Reader:
    return Reader.load()

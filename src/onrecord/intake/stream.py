"""From what a user names to single documents: files, folders, globs, feeds, archives, URLs.

One input that can't be read doesn't stop the others: it comes out as an `Item` with an error.
"""

import glob
import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.errors import IntakeError, RecordError, SourceNotFound, UnsupportedInput
from onrecord.intake import crediting, feed, lines, web
from onrecord.intake.document import Document
from onrecord.intake.recognise import from_bytes, kind

SUFFIXES = (
    ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".json", ".jsonl", ".ndjson",
    ".rss", ".atom", ".xml", ".warc", ".gz",
)  # fmt: skip
"""What a folder is searched for; a file that is named itself may be called anything."""

_START = 65536
"""Bytes by which a file's kind is told."""

_GZIP = b"\x1f\x8b"
_DAMAGED = (OSError, EOFError, zlib.error)


Found = Document | IntakeError | RecordError


@dataclass(frozen=True, slots=True)
class Item:
    """One document, or the reason why there is none, and the file or URL it comes from."""

    place: str
    document: Document | None
    error: IntakeError | RecordError | None = None


def items(places: Iterable[str]) -> Iterator[Item]:
    """Every document behind these arguments, in order."""
    for place in places:
        try:
            found = list(files(place))
        except IntakeError as error:
            yield Item(place, None, error)
            continue
        for one in found:
            yield from _guarded(one, _opened(one))


def within(
    stream: io.BufferedIOBase, place: str, *, url: str | None = None, charset: str | None = None
) -> Iterator[Item]:
    """Every document in a stream of bytes that came from elsewhere: an upload, a fetched page.

    `place` is what it is called; `url` and `charset` are those of its page, where it is one.
    """
    yield from _guarded(place, _sensed(stream, place, url=url, charset=charset))


def files(place: str) -> Iterator[str]:
    """The single inputs behind one argument: itself, what a glob matches, or a folder's files.

    Raises `SourceNotFound` where there is none.
    """
    path = Path(place)
    if place == "-" or web.is_url(place):
        yield place
    elif path.is_dir():
        yield from _in_folder(path)
    elif not path.exists() and glob.has_magic(place):
        matched = sorted(glob.glob(place, recursive=True))  # noqa: PTH207
        if not matched:
            raise SourceNotFound(f"{place}: nothing matches")
        for one in matched:
            yield from _in_folder(Path(one)) if Path(one).is_dir() else [one]
    else:
        yield place


def _in_folder(folder: Path) -> Iterator[str]:
    try:
        found = sorted(path for path in folder.rglob("*") if _is_report(path, folder))
    except OSError as error:
        raise SourceNotFound(f"{folder}: can't be opened: {error.strerror}") from error
    if not found:
        raise SourceNotFound(f"{folder}: no report in this folder; wants {', '.join(SUFFIXES)}")
    yield from map(str, found)


def _is_report(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and not hidden and path.is_file()


def _guarded(place: str, opened: Iterable[Found]) -> Iterator[Item]:
    """The documents in one file or at one URL; whatever fails in it comes out as an item."""
    try:
        for found in opened:
            if isinstance(found, Document):
                yield Item(place, finished(found))
            else:
                yield Item(place, None, found)
    except (IntakeError, RecordError) as error:
        yield Item(place, None, error)
    except _DAMAGED as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Item(place, None, UnsupportedInput(f"{place}: can't be read to its end: {why}"))


def finished(document: Document) -> Document:
    """With the credits that its own words give, and characters alone."""
    if document.records:
        return document
    clean = document.cleaned()
    return replace(
        clean,
        wire=clean.wire or crediting.wire(clean.text),
        byline=clean.byline or crediting.byline(clean.text),
    )


def _opened(place: str) -> Iterator[Found]:
    if web.is_url(place):
        page = web.fetch(place)
        whole = _unpacked(page.data) if page.data.startswith(_GZIP) else page.data
        yield from _inside(io.BytesIO(whole), page.url, url=page.url, charset=page.charset)
    elif place == "-":
        yield from _inside(io.BytesIO(sys.stdin.buffer.read()), "standard input")
    else:
        yield from _file(Path(place))


def _file(path: Path) -> Iterator[Found]:
    try:
        stream: io.BufferedIOBase = path.open("rb")
    except FileNotFoundError as error:
        raise SourceNotFound(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceNotFound(f"{path}: can't be opened: {reason}") from error
    with stream:
        yield from _sensed(stream, str(path))


def _sensed(
    stream: io.BufferedIOBase, name: str, *, url: str | None = None, charset: str | None = None
) -> Iterator[Found]:
    """The documents in a stream that may be packed."""
    start = stream.read(2)
    stream.seek(0)
    if start != _GZIP:
        yield from _inside(stream, name, url=url, charset=charset)
    elif _start(gzip.GzipFile(fileobj=stream)).startswith(b"WARC/"):
        stream.seek(0)
        yield from _warc(stream, name)  # unpacks it itself, record by record
    else:
        stream.seek(0)
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield from _inside(io.BufferedReader(unpacked), name, url=url, charset=charset)


def _start(stream: io.BufferedIOBase) -> bytes:
    """The first bytes of a stream; fewer where it is damaged."""
    try:
        return stream.read(16)
    except _DAMAGED:
        return b""


def _unpacked(data: bytes) -> bytes:
    return gzip.decompress(data)


def _inside(
    stream: io.BufferedIOBase, name: str, *, url: str | None = None, charset: str | None = None
) -> Iterator[Found]:
    """The documents in a stream, by what it begins with."""
    start = stream.read(_START)
    if start.startswith(b"WARC/"):
        stream.seek(0)
        yield from _warc(stream, name)
    elif lines.begins(start) or _cut_line(start):
        stream.seek(0)
        yield from lines.documents(iter(stream.readline, b""), name=name)
    elif feed.is_feed(start):
        yield from feed.documents(start + stream.read(), name=name, url=url)
    else:
        yield _single(start + stream.read(), name, url=url, charset=charset)


def _cut_line(start: bytes) -> bool:
    """Whether the bytes are the beginning of one JSON line longer than what was looked at."""
    return len(start) == _START and start.lstrip()[:2] in (b'{"',) and b"\n" not in start


def _warc(stream: io.BufferedIOBase, name: str) -> Iterator[Found]:
    from onrecord.intake import warc  # its library is needed for archives only

    yield from warc.documents(stream, name=name)


def _single(data: bytes, name: str, *, url: str | None, charset: str | None) -> Document:
    found = from_bytes(data, name=name, url=url, charset=charset)
    media_type = kind(data)
    if media_type is None or found.records:
        return found
    return replace(found, media_type=media_type, raw=data)


def count(places: Iterable[str]) -> int | None:
    """How many documents there are, where that can be told quickly; else None."""
    total = 0
    for place in places:
        try:
            for one in files(place):
                number = _quick(one)
                if number is None:
                    return None
                total += number
        except (IntakeError, OSError):
            total += 1
    return total


_QUICK = {
    ".jsonl": True,
    ".ndjson": True,
    ".txt": False,
    ".md": False,
    ".html": False,
    ".pdf": False,
}


def _quick(place: str) -> int | None:
    lined = _QUICK.get(Path(place).suffix.lower())
    if lined is None or web.is_url(place):
        return None
    if not lined:
        return 1
    with Path(place).open("rb") as file:
        return sum(1 for line in file if line.strip())

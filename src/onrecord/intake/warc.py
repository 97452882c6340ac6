"""The pages in a web archive (WARC), plain or packed with gzip."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import SEEK_END, BufferedIOBase
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from onrecord.errors import IntakeError, UnsupportedInput
from onrecord.intake import dates
from onrecord.intake.document import Document
from onrecord.intake.recognise import from_bytes

_READ = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
LARGEST = 32 * 1024 * 1024
"""Bytes beyond which a page isn't a report."""


def documents(stream: BufferedIOBase, *, name: str) -> Iterator[Document | IntakeError]:
    """The reports among the pages of an archive, or the errors that tell why there is none.

    Pictures, scripts and answers other than 200 are passed over. An archive that ends in the
    middle of a record gives those before, then an error.
    """
    for page in pages(stream, name=name):
        yield page()


def pages(stream: BufferedIOBase, *, name: str) -> Iterator[Callable[[], Document | IntakeError]]:
    """The same, each page being read when it is called, which has to be before the next is got."""
    seen, last, given = 0, 0, False
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            last, given = record.stream_pos, False
            if record.record_type & _TYPES:
                seen += 1
                record.parse_http()
                if given := _wanted(record):
                    yield partial(_page, record, name, seen)
        if stream.seekable() and not _whole(stream, last, given=given):
            yield partial(_damage, name, seen, EOFError("it ends in the middle of a record"))
    except GeneratorExit:
        raise
    except Exception as error:  # fastwarc raises what it likes for what is damaged
        yield partial(_damage, name, seen, error)


_TYPES = WarcRecordType.response | WarcRecordType.resource

_CHUNK = 1 << 20
_HEADER = 1 << 16
"""Bytes in which the header of a record ends."""


def _whole(stream: BufferedIOBase, last: int, *, given: bool) -> bool:
    """Whether an archive, whose last record begins at `last`, ends with a record.

    Of one that breaks off before the header of a record has ended fastwarc says nothing. A record
    that was `given` says itself that it is cut off.
    """
    stream.seek(last)
    start = stream.read(_HEADER)
    if start.startswith(b"\x1f\x8b"):
        stream.seek(last)
        return _packed_whole(stream, given=given)
    length = re.search(rb"^content-length:\s*(\d+)", start, re.IGNORECASE | re.MULTILINE)
    header = re.search(rb"\r?\n\r?\n", start)
    if length is None or header is None:
        return not start.strip()
    end = last + header.end() + int(length[1])
    if stream.seek(0, SEEK_END) < end:
        return given
    stream.seek(end)
    return not stream.read(_HEADER).strip()


def _packed_whole(stream: BufferedIOBase, *, given: bool) -> bool:
    """The same of one that is packed, from its last record on."""
    member = zlib.decompressobj(wbits=31)
    while not member.eof:
        chunk = stream.read(_CHUNK)
        if not chunk:
            return given
        member.decompress(chunk)
    return not member.unused_data.strip(b"\x00") and not stream.read(1)


def _page(record: Any, name: str, seen: int) -> Document | IntakeError:
    try:
        return _document(record, name)
    except Exception as error:  # as above
        return _damage(name, seen, error)


def _damage(name: str, seen: int, error: Exception) -> IntakeError:
    return UnsupportedInput(f"{name}: damaged after {seen} pages: {error}")


def _wanted(record: Any) -> bool:
    http = record.http_headers
    if http is not None and http.status_code != 200:
        return False
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0]
    return kind.strip().lower() in _READ


def _document(record: Any, archive: str) -> Document | IntakeError:
    url = record.headers.get("WARC-Target-URI") or record.record_id
    name = f"{archive}, {url}"
    wanted = record.content_length
    data = record.reader.read(LARGEST + 1)
    if len(data) > LARGEST:
        return UnsupportedInput(f"{name}: longer than {LARGEST >> 20} MB, which no report is")
    if len(data) < wanted:
        return UnsupportedInput(f"{name}: cut off after {len(data)} of {wanted} bytes")
    try:
        found = from_bytes(data, name=name, url=url, charset=record.http_charset)
    except IntakeError as error:
        return error
    return _with_url(found, url, record)


def _with_url(document: Document, url: str, record: Any) -> Document:
    fetched, _ = dates.iso(record.headers.get("WARC-Date"))
    told = () if document.published or not fetched else (f"no date; archived on {fetched[:10]}",)
    return replace(document, name=url, warnings=(*document.warnings, *told))

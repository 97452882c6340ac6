"""Tells what bytes are by what is in them, and gets the document out of them."""

import json
import re

from onrecord.errors import EmptyInput, RecordError, UnsupportedInput
from onrecord.intake.decoding import decode
from onrecord.intake.document import Document
from onrecord.record import Record

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive, or a document of Word, Excel or OpenOffice"),
    (b"\xd0\xcf\x11\xe0", "an old document of Word or Excel"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"RIFF", "a sound, image or film"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or film"),
)
"""What files begin with that hold no report that can be read, and what they are."""

_LEGAL = "plain text, HTML, PDF or a record of onrecord"

_HTML = re.compile(
    r"\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title|article"
    r"|main|section|div|p|h1|script|style|table|span|a|br)\b",
    re.IGNORECASE | re.DOTALL,
)


def from_bytes(
    data: bytes, *, name: str, url: str | None = None, charset: str | None = None
) -> Document:
    """The document in `data`; `name` is what messages call it, `charset` what a server says it is.

    Raises `UnsupportedInput` for what is neither text nor HTML nor PDF nor a record, `EmptyInput`
    where nothing is in it to read.
    """
    if b"%PDF-" in data[:1024]:
        from onrecord.intake import pdf  # loads a library that plain text does not need

        return _readable(pdf.document(data, name=name), name)
    _refuse_binary(data, name)
    text, warnings = decode(data, name=name, charset=charset)
    if _HTML.match(text[:4096]):
        from onrecord.intake import html  # as above

        return _readable(html.document(text, url=url, warnings=warnings), name)
    if text.lstrip()[:1] == "{" and (records := _records(text, name)):
        return Document(text=records[0].text, records=records)
    return _readable(Document(text=text, warnings=warnings), name)


def kind(data: bytes) -> str | None:
    """The media type of PDF and HTML; None for plain text and records."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    start = data[:4096].replace(b"\x00", b"").decode("latin-1").lstrip("ÿþï»¿")
    return "text/html" if _HTML.match(start) else None


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in _BINARY:
        if data.startswith(magic) and _is_binary(data, magic):
            raise UnsupportedInput(f"{name}: this is {what}; legal are {_LEGAL}")


def _is_binary(data: bytes, magic: bytes) -> bool:
    """Whether a beginning of letters only ("MZ", "RIFF") goes on like no text does."""
    return not magic.isalnum() or b"\x00" in data[:512]


def _readable(document: Document, name: str) -> Document:
    if not any(character.isalnum() for character in document.text):
        raise EmptyInput(f"{name}: there is no text in it; wants at least one word")
    return document


def _records(text: str, name: str) -> tuple[Record, ...]:
    """The record in a JSON text, or the records in JSON Lines; none where it is other text."""
    try:
        rows = [json.loads(text)]
    except (json.JSONDecodeError, RecursionError):
        try:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (json.JSONDecodeError, RecursionError):
            return ()
    if not all(isinstance(row, dict) and "report" in row for row in rows):
        return ()
    try:
        return tuple(Record.from_dict(row) for row in rows)
    except RecordError as error:
        raise RecordError(f"{name}: {error}") from error

"""onrecord reads news reports of conflicts and negotiations and keeps the record straight.

    import onrecord

    record = onrecord.read(text, published="2025-05-26")      # a Record
    nlp = onrecord.load()                                     # a spaCy pipeline: doc._.record

`onrecord.intake` gets texts out of files and pages, `onrecord.export` writes records in other
forms. Everything that is raised on purpose is an `OnrecordError`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.record import Record

if TYPE_CHECKING:
    from spacy.language import Language

    from onrecord.reading import Reader

__version__ = "0.1.0"

__all__ = ["OnrecordError", "Record", "__version__", "load", "read"]

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file can hold."""


def read(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    id: str | None = None,
) -> Record:
    """The record of a report.

    All offsets of the record point into `text`, which is kept as it is (but for halves of
    characters, which become U+FFFD). A title that is known should stand in the text as its first
    paragraph, so that the headline layer has words to point at. A text that isn't in English is
    read all the same, and `record.report.warnings` says so.

    Args:
        text: the report.
        title: its headline.
        published: when it came out, as an ISO 8601 date or time.
        publisher: who brought it out.
        id: what it is called; by default a digest of the text.

    Raises:
        ModelError: the shipped model is missing or damaged.
    """
    from onrecord.intake.language import marked

    whole = _HALF.sub("\ufffd", text)
    record = _reader().read(whole, title=title, published=published, publisher=publisher, id=id)
    lost = sum(a != b for a, b in zip(text, whole, strict=True)) if text != whole else 0
    return marked(record, warnings=[f"{lost} halves of characters replaced"] if lost else [])


@cache
def _reader() -> Reader:
    from onrecord.reading import Reader  # loads onnxruntime and the model: not on import

    return Reader.load(threads=1)


def load(*, threads: int = 1) -> Language:
    """The reader as a spaCy pipeline for English, with the record in `doc._.record`.

    Raises `ModelError` where the shipped model is missing or damaged.
    """
    from onrecord.pipeline import load as pipeline  # imports spaCy: not with onrecord

    return pipeline(threads=threads)

"""What the intake hands on: a text, and what is known of where it comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from onrecord.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text to be read. `text` is what all offsets of the record will point into."""

    text: str
    title: str | None = None
    published: str | None = None
    """ISO 8601 date or time."""
    publisher: str | None = None
    byline: str | None = None
    """Who wrote it, as it stands: "Jane Roe and John Doe"."""
    wire: tuple[str, ...] = ()
    """The news agencies credited, wherever a credit stands."""
    name: str | None = None
    """What the report is called where it comes from: an id, a URL, a number in an archive."""
    media_type: str | None = None
    raw: bytes | None = None
    """What the text was taken from, and of what kind it is; None for plain text."""
    warnings: tuple[str, ...] = ()
    """What went wrong on the way in without making the text useless."""
    kept: Mapping[str, Any] | None = None
    """What a store's export says beside a record, or a review that it holds."""
    summary_of: str | None = None
    """The address of the page that has the whole report, where this is but a summary of it."""
    records: tuple[Record, ...] = ()
    """The records, where the input was records already; the text is that of the first."""

    def titled(self) -> Self:
        """The document with its title as its own first paragraph, unless it stands there already.

        The headline of a record points at words of the text, so the text must have them.
        """
        made = self.cleaned()
        if made.title is None or _plain(made.text.lstrip()).startswith(_plain(made.title)):
            return made
        return replace(made, text=f"{made.title}\n\n{made.text.lstrip()}")

    def cleaned(self) -> Self:
        """The document without zero bytes and halves of characters, which no database takes."""
        names = ("text", "title", "published", "publisher", "byline", "name")
        held: dict[str, str | None] = {name: getattr(self, name) for name in names}
        clean = {name: _characters(value) for name, value in held.items() if value is not None}
        changed: dict[str, Any] = {k: value for k, value in clean.items() if value != held[k]}
        return replace(self, **changed) if changed else self


def _characters(value: str) -> str:
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _plain(text: str) -> str:
    """Letters and digits only, for comparing a title with the text's first line."""
    return re.sub(r"\W+", "", text[:2000]).casefold()

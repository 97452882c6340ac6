"""A report's text for its page: statements marked, their numbers links, nothing turned around."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from onrecord.export.page.text import marked
from onrecord.record import Record
from onrecord.serve.pages.window import Window

_TURNING = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of embedding",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first-strong isolate",
    "\u2069": "end of isolate",
}
"""Characters that make words read as others than they are."""

_BEGINS = re.compile(r'<span (?=[^>]*data-n="([\d ]+)")')
_TAG_OR_TURN = re.compile(rf"<[^>]*>|[{''.join(_TURNING)}]")


def text(record: Record, key: Mapping[str, str], window: Window) -> tuple[Markup | None, Markup]:
    """The headline, where the part begins with one, and its paragraphs after it.

    `key` has the key of each entry by its id: the number before a statement's first words leads
    to its row of the record.
    """
    headline, body = marked(record, start=window.start, end=window.end)
    first = None if headline is None else _finished(str(headline), record, key)
    return first, _finished(str(body), record, key)


def _finished(html: str, record: Record, key: Mapping[str, str]) -> Markup:
    def numbered(match: re.Match[str]) -> str:
        links = (_number(int(n), record, key) for n in match[1].split())
        return "".join(links) + match[0]

    return Markup(_BEGINS.sub(numbered, _TAG_OR_TURN.sub(_seen, html)))


def _number(n: int, record: Record, key: Mapping[str, str]) -> str:
    id = record.statements[n - 1].id
    address = escape(f"#{key[id]}")
    about = f'data-e="{escape(id)}" aria-label="statement {n}"'
    return f'<a class="n" href="{address}" {about}>{n}</a>'


def _seen(match: re.Match[str]) -> str:
    """A turning character as a sign that says what it is; tags stay as they are."""
    found = match[0]
    if found not in _TURNING:
        return found
    name = f"U+{ord(found):04X}, {_TURNING[found]}: shown, not obeyed"
    return f'<bdi class="turning" title="{name}">\ufffd</bdi>'

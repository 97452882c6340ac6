"""The reports in an RSS or Atom feed."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from onrecord.errors import EmptyInput, UnsupportedInput
from onrecord.intake import html, web
from onrecord.intake.document import Document

_FEED = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.S | re.I,
)


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin like RSS or Atom."""
    return bool(_FEED.match(data[:4096]))


def documents(data: bytes, *, name: str, url: str | None = None) -> Iterator[Document]:
    """The feed's reports, in its order; what it has no text of is left out.

    A feed that isn't well-formed gives what could be read of it, each report with a warning.
    Raises `UnsupportedInput` where nothing could, `EmptyInput` where the feed is empty.
    """
    read = _parsed(data, name, url)
    fault = _fault(read)
    if not read.entries:
        if fault:
            raise UnsupportedInput(f"{name}: no feed that can be read: {fault}")
        raise EmptyInput(f"{name}: there is no report in this feed")
    warnings = (f"the feed isn't well-formed ({fault}); read as far as it goes",) if fault else ()
    for entry in read.entries:
        document = _document(entry, read.feed, warnings)
        if any(character.isalnum() for character in document.text):
            yield document


def _parsed(data: bytes, name: str, url: str | None) -> Any:
    try:
        return feedparser.parse(data, response_headers={"content-location": url} if url else None)
    except Exception as error:  # feedparser raises what it likes for what is damaged
        raise UnsupportedInput(f"{name}: no feed that can be read: {error}") from error


def _fault(read: Any) -> str:
    error = read.get("bozo_exception") if read.get("bozo") else None
    # A feed with another encoding than it says is read all the same.
    if error is None or isinstance(error, feedparser.CharacterEncodingOverride):
        return ""
    return " ".join(str(error).split())


def _document(entry: Any, feed: Any, warnings: tuple[str, ...]) -> Document:
    body, whole = _body(entry)
    link = entry.get("link")
    short = () if whole else ("the feed has a summary of this report only",)
    source = (entry.get("source") or {}).get("title") or feed.get("title")
    return Document(
        text=html.words(body),
        title=_line(html.words(entry.get("title") or "")),
        published=_published(entry),
        publisher=_line(source),
        byline=_line(entry.get("author")),
        name=link or entry.get("id"),
        summary_of=link if not whole and link and web.is_url(link) else None,
        media_type="text/html" if "<" in body else None,
        raw=body.encode("utf-8") if "<" in body else None,
        warnings=(*warnings, *short),
    ).titled()


def _body(entry: Any) -> tuple[str, bool]:
    """The longest text that the entry has, and whether it is more than a summary."""
    contents = [content.get("value") or "" for content in entry.get("content", ())]
    summary = entry.get("summary") or ""  # None where an entry has several, one of them empty
    longest = max(contents, key=len, default="")
    return (longest, True) if len(longest) >= len(summary) and longest else (summary, False)


def _published(entry: Any) -> str | None:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    if told is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(told), UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None

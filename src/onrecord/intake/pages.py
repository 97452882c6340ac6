"""The pages behind a feed's summaries: many feeds hold two sentences of a report and a link."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from onrecord.errors import IntakeError
from onrecord.intake import crediting, web
from onrecord.intake.document import Document
from onrecord.intake.recognise import from_bytes, kind

MOST = 200
"""Pages fetched in one run at most: as many as four feeds usually have."""

PAUSE = 1.0
"""Seconds between two pages of one server."""


@dataclass(slots=True)
class Follower:
    """Gives documents the whole text of their pages; one for a run, as it keeps count.

    `fetch` gets a page, and raises `IntakeError` where there is none; `sleep` waits, in seconds.
    """

    fetch: Callable[[str], web.Page] = web.fetch
    sleep: Callable[[float], None] = time.sleep
    most: int = MOST
    fetched: int = 0
    _last: dict[str, float] = field(default_factory=dict)

    def __call__(self, document: Document) -> Document:
        """The document of the page that this one is a summary of; itself, with a warning, where
        the page can't be had or has less to say. One that is no summary stays as it is."""
        url = document.summary_of
        if url is None:
            return document
        if self.fetched >= self.most:
            return _warned(document, f"its page was not fetched: {self.most} were in this run")
        self.fetched += 1
        try:
            page = self._page(url)
        except IntakeError as error:
            return _warned(document, f"its page could not be read: {error}")
        if len(page.text) <= len(document.text):
            return _warned(document, "its page has no more text than the feed")
        return _joined(document, page)

    def _page(self, url: str) -> Document:
        host = urlsplit(url).netloc
        wait = self._last.get(host, -PAUSE) + PAUSE - time.monotonic()
        if wait > 0 and host in self._last:
            self.sleep(wait)
        page = self.fetch(url)
        self._last[host] = time.monotonic()
        found = from_bytes(page.data, name=page.url, url=page.url, charset=page.charset)
        media_type = kind(page.data)
        return replace(found, media_type=media_type, raw=page.data) if media_type else found


def _warned(document: Document, warning: str) -> Document:
    return replace(document, warnings=(*document.warnings, warning))


def _joined(summary: Document, page: Document) -> Document:
    """The page, with the feed's date and outlet: a page often names its server, not its outlet."""
    return replace(
        page,
        title=page.title or summary.title,
        published=summary.published or page.published,
        publisher=summary.publisher or page.publisher,
        byline=page.byline or summary.byline or crediting.byline(page.text),
        wire=page.wire or crediting.wire(page.text),
        name=summary.name,
    )

"""What a visitor gives to be added: a text, an address, files. Each becomes a job."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.errors import IntakeError, ServeError
from onrecord.intake import crediting, dates
from onrecord.intake.document import Document
from onrecord.intake.stream import Item, within
from onrecord.serve import uploads
from onrecord.serve.fetching import fetch
from onrecord.serve.jobs import Job
from onrecord.serve.journal import Left
from onrecord.serve.settings import Settings
from onrecord.serve.work import Full, Gather, Task, Work

_HALF = re.compile("[\ud800-\udfff\x00]")
"""Halves of characters, which no file can hold, and NUL, which PostgreSQL can't."""

WORD = r"[^\W_]"
"""What a text must have to be read: a letter or a digit."""
LONGEST_LINE = 500
"""Characters of a title or an outlet's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One thing to add."""

    gather: Gather
    what: str
    single: bool = False
    after: Callable[[], None] = lambda: None
    told: Mapping[str, str] = field(default_factory=dict)
    """What is written down of a text or an address, to gather it anew (`resumed`)."""
    files: Sequence[tuple[str, Path]] = ()


def text(
    words: str, *, title: str = "", published: str = "", publisher: str = "", who: str
) -> Given:
    """A text that was pasted or sent."""
    document = as_document(words, title=title, published=published, publisher=publisher)
    item = Item(f"given by {who}", document)

    def gather(job: Job) -> Iterator[Item]:
        job.total = 1
        yield item

    about = {"title": title, "published": published, "publisher": publisher, "who": who}
    told = {"kind": "text", "words": words, **about}
    return Given(gather=gather, what=_shortened(document.text), single=True, told=told)


def as_document(
    words: str, *, title: str = "", published: str = "", publisher: str = ""
) -> Document:
    """A text with what is known of it, its title first.

    Raises `HTTPException` (422) where there is no word in it, or the date is none.
    """
    clean = _HALF.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))
    if not re.search(WORD, clean):
        raise HTTPException(422, "there is no text to read; wants at least one word")
    known, fault = dates.iso(published)
    if fault:
        raise HTTPException(422, f"published: {published[:40]!r} is no date; wants YYYY-MM-DD")
    document = Document(
        text=clean,
        title=_line(title) or None,
        published=known,
        publisher=_line(publisher) or None,
    )
    whole = document.titled()
    return replace(whole, wire=crediting.wire(clean), byline=crediting.byline(clean))


def _line(words: str) -> str:
    return " ".join(_HALF.sub("\ufffd", words).split())[:LONGEST_LINE]


def _shortened(words: str) -> str:
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return first if len(first) <= 80 else f"{first[:79]}…"


def address(url: str, settings: Settings) -> Given:
    """A page, a feed or an archive at an address."""

    def gather(job: Job) -> Iterator[Item]:
        job.doing = f"fetching {url}"
        try:
            page = fetch(url, settings=settings)
            uploads.measure(io.BytesIO(page.data), settings.largest_unpacked)
        except IntakeError as error:
            yield Item(url, None, error)
            return
        job.doing = ""
        yield from within(io.BytesIO(page.data), page.url, url=page.url, charset=page.charset)

    told = {"kind": "address", "url": url}
    return Given(gather=gather, what=url, single=True, told=told)


async def files(sent: Sequence[tuple[str, IO[bytes]]], settings: Settings) -> Given:
    """Files and archives."""
    return _files(await run_sync(uploads.keep, sent), settings)


def _files(upload: uploads.Upload, settings: Settings) -> Given:
    names = [one.name for one in upload.files]
    return Given(
        gather=uploads.documents(upload, settings),
        what=names[0] if len(names) == 1 else f"{len(names)} files",
        single=len(names) == 1,
        after=upload.remove,
        files=[(one.name, one.path) for one in upload.files],
    )


async def submit(request: Request, given: Given, *, who: str) -> Job:
    """The job that adds it; raises `HTTPException` (503) where too many wait."""
    work: Work = request.app.state.work
    try:
        return await run_sync(lambda: _submitted(work, given, who))
    except Full as error:
        raise HTTPException(503, str(error), headers={"Retry-After": "30"}) from error


def _submitted(work: Work, given: Given, who: str) -> Job:
    try:
        return work.submit(
            given.gather,
            what=given.what,
            who=who,
            single=given.single,
            after=given.after,
            given=given.told,
            files=given.files,
        )
    except BaseException:
        given.after()
        raise


def resumed(left: Left, settings: Settings) -> Task:
    """The task of a job that a server has left; raises `OnrecordError` where it can't be done."""
    given = _anew(left, settings)
    return Task(gather=given.gather, after=given.after)


def _anew(left: Left, settings: Settings) -> Given:
    told = dict(left.given)
    kind = told.pop("kind", "files" if left.files else "")
    if kind == "files":
        return _files(uploads.keep([(n, io.BytesIO(body)) for n, body in left.files]), settings)
    if kind == "address":
        return address(told["url"], settings)
    if kind == "text":
        return text(**told)
    raise ServeError("the server ended before it was through; give it again")

"""Giving reports to be read: a text, files, an address; and what becomes of them."""

from __future__ import annotations

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.export import page as whole_page
from onrecord.intake import Document
from onrecord.intake.language import marked
from onrecord.record import Record
from onrecord.serve import giving
from onrecord.serve.giving import Given
from onrecord.serve.jobs import Job
from onrecord.serve.reader import SharedReader
from onrecord.serve.rendering import page
from onrecord.serve.sessions import writer
from onrecord.serve.settings import Settings
from onrecord.serve.work import Work


def routes() -> list[BaseRoute]:
    """`/add`, `/read`, `/jobs` and one page for each job."""
    return [
        Route("/add", add, methods=["POST"]),
        Route("/read", read, methods=["POST"]),
        Route("/jobs", jobs, methods=["GET"]),
        Route("/jobs/{id}", job, methods=["GET"]),
        Route("/jobs/{id}/part", part, methods=["GET"]),
        Route("/jobs/{id}/stop", stop, methods=["POST"]),
    ]


async def add(request: Request) -> Response:
    """Takes what the start's form sends, and leads to its progress."""
    settings: Settings = request.app.state.settings
    async with request.form(
        max_files=settings.most_files, max_fields=20, max_part_size=settings.largest_text
    ) as form:
        who = writer(request, form).who
        given = await _given(form, settings, who)
    made = await giving.submit(request, given, who=who)
    return RedirectResponse(f"/jobs/{made.id}", status_code=303)


async def _given(form: FormData, settings: Settings, who: str) -> Given:
    """Whichever of the form's three fields was filled in."""
    sent = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if sent:
        return await giving.files([(one.filename or "", one.file) for one in sent], settings)
    if url := _field(form, "address"):
        return giving.address(url, settings)
    return giving.text(
        _words(form, settings),
        title=_field(form, "title"),
        published=_field(form, "published"),
        publisher=_field(form, "publisher"),
        who=who,
    )


def _words(form: FormData, settings: Settings) -> str:
    """The text of a form; raises `HTTPException` (413) where it is too long."""
    words = _field(form, "text")
    if len(words) > settings.largest_text:
        raise HTTPException(413, f"the text is longer than {settings.largest_text:,} characters")
    return words


def _field(form: FormData, name: str) -> str:
    return str(form.get(name) or "").strip()


async def read(request: Request) -> Response:
    """The record of a text that isn't kept, as one page of its own."""
    settings: Settings = request.app.state.settings
    async with request.form(
        max_files=0, max_fields=20, max_part_size=settings.largest_text
    ) as form:
        document = giving.as_document(
            _words(form, settings),
            title=_field(form, "title"),
            published=_field(form, "published"),
            publisher=_field(form, "publisher"),
        )
    record = await read_alone(request, document)
    # The page forbids all scripts and styles but its own two, by their digests.
    headers = {"content-security-policy": "frame-ancestors 'none'", "cache-control": "no-store"}
    return HTMLResponse(await run_sync(whole_page.render, record), headers=headers)


async def read_alone(request: Request, given: Document) -> Record:
    """The record of a text that isn't kept; raises `HTTPException` (503) where too many wait."""
    reader: SharedReader = request.app.state.reader
    turn: CapacityLimiter = request.app.state.reading
    if turn.statistics().tasks_waiting >= turn.total_tokens:
        raise HTTPException(503, "too many texts wait to be read", headers={"Retry-After": "5"})
    known = {"title": given.title, "published": given.published, "publisher": given.publisher}
    return await run_sync(lambda: marked(reader.read(given.text, **known)), limiter=turn)


LISTED = 50
"""Jobs that are listed, the last ones."""


def jobs(request: Request) -> Response:
    """What was given to be added, the last first."""
    work: Work = request.app.state.work
    found = [one.seen() for one in work.recent(LISTED)]
    return page(request, "jobs.html", headers=_FRESH, jobs=found)


def job(request: Request) -> Response:
    """What becomes of a job; a single report is shown once it is read."""
    found = _job(request)
    if found.single and found.report:
        return RedirectResponse(f"/reports/{found.report}", status_code=303)
    return page(request, "job.html", headers=_FRESH, job=found)


def part(request: Request) -> Response:
    """The part of the page that changes; htmx asks for it until the job is over."""
    found = _job(request)
    headers = dict(_FRESH)
    if found.single and found.report:
        headers["HX-Redirect"] = f"/reports/{found.report}"
    return page(request, "job_part.html", headers=headers, job=found)


_FRESH = {"cache-control": "no-store"}


async def stop(request: Request) -> Response:
    """Ends a job after the report that is being read."""
    writer(request, await request.form(max_files=0, max_fields=8))
    found = _job(request)
    found.stop.set()
    return RedirectResponse(f"/jobs/{found.id}", status_code=303)


def _job(request: Request) -> Job:
    work: Work = request.app.state.work
    found = work.get(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "there is no such job; only the last ones are remembered")
    return found.seen()

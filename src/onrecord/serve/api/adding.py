"""What reads and adds over the API: a text read and sent back, reports kept as a job."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.serve import giving
from onrecord.serve.api import parameters as known
from onrecord.serve.giving import Given
from onrecord.serve.jobs import Job
from onrecord.serve.pages.add import read_alone
from onrecord.serve.sessions import Session, writer
from onrecord.serve.settings import Settings
from onrecord.serve.work import Work
from onrecord.store.adding import Outcome

FIELDS = ("title", "published", "publisher")
"""What may be known of a text."""


def routes() -> list[BaseRoute]:
    """`/read`, `POST /reports` and `/jobs/{id}`."""
    return [
        Route("/api/v1/read", read, methods=["POST"]),
        Route("/api/v1/reports", add, methods=["POST"]),
        Route("/api/v1/jobs/{id}", job, methods=["GET"]),
    ]


async def read(request: Request) -> Response:
    """The record of a text, which isn't kept."""
    known.check(request.query_params, ())
    given = await _text(request, legal=("text", *FIELDS))
    document = giving.as_document(given.pop("text"), **given)
    record = await read_alone(request, document)
    return JSONResponse(record.to_dict(), headers={"cache-control": "no-store"})


async def add(request: Request) -> Response:
    """Takes a text, an address or files, and says which job adds them."""
    session = writer(request)
    known.check(request.query_params, ())
    made = await giving.submit(request, await _given(request, session), who=session.who)
    headers = {"location": f"/api/v1/jobs/{made.id}"}
    return JSONResponse(told(made), status_code=202, headers=headers)


async def _given(request: Request, session: Session) -> Given:
    settings: Settings = request.app.state.settings
    if _media_type(request) == "multipart/form-data":
        return await _files(request, settings)
    given = await _text(request, legal=("text", "address", *FIELDS))
    if "address" in given:
        if set(given) != {"address"}:
            raise HTTPException(422, "an address is given alone, without text or title")
        return giving.address(given["address"], settings)
    return giving.text(given.pop("text"), who=session.who, **given)


async def _files(request: Request, settings: Settings) -> Given:
    async with request.form(max_files=settings.most_files, max_fields=0) as form:
        sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        if not sent or len(sent) < len(form.multi_items()):
            raise HTTPException(422, "wants one or more files in the field `files`, and no other")
        return await giving.files([(one.filename or "", one.file) for one in sent], settings)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _text(request: Request, *, legal: tuple[str, ...]) -> dict[str, str]:
    """The text of a request, and what is known of it.

    Raises `HTTPException`: 415 for another kind of body, 413 where it is too long, 400 where it
    isn't JSON, 422 for what isn't legal in it.
    """
    kind = _media_type(request)
    if kind not in ("application/json", "text/plain"):
        wants = "application/json or text/plain"
        raise HTTPException(415, f"a body of {kind or 'no kind'} can't be read; wants {wants}")
    body = await request.body()
    if len(body) > request.app.state.settings.largest_text:
        largest = request.app.state.settings.largest_text >> 20
        raise HTTPException(413, f"the text is larger than {largest} MB")
    try:
        words = body.decode("utf-8")
        return {"text": words} if kind == "text/plain" else _fields(json.loads(words), legal)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise HTTPException(400, f"the body is no UTF-8 or no JSON: {error}") from error


def _fields(given: Any, legal: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(given, dict):
        raise HTTPException(422, "wants a JSON object with a `text`")
    if "text" not in given and not ("address" in legal and "address" in given):
        raise HTTPException(422, f"wants {' or '.join(legal[: -len(FIELDS)])}")
    for name, value in given.items():
        if name not in legal:
            raise HTTPException(422, f"{name[:80]!r}: no such field; legal: {', '.join(legal)}")
        if not isinstance(value, str) and not (value is None and name in FIELDS):
            raise HTTPException(422, f"{name}: wants a string")
        if name in FIELDS and len(value or "") > giving.LONGEST_LINE:
            raise HTTPException(422, f"{name}: wants at most {giving.LONGEST_LINE} characters")
    return {name: value for name, value in given.items() if value is not None}


def job(request: Request) -> Response:
    """How far a job is; its id can't be guessed."""
    work: Work = request.app.state.work
    found = work.get(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "there is no such job; only the last ones are remembered")
    return JSONResponse(told(found), headers={"cache-control": "no-store"})


def told(job: Job) -> dict[str, Any]:
    """A job as it is sent."""
    return {
        "job": job.id,
        "state": job.state,
        "total": job.total,
        "done": dict(job.tally),
        "why": job.why or None,
        "reports": [_outcome(one) for one in tuple(job.outcomes)],
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "place": one.place,
        "did": one.did,
        "report": one.report or None,
        "why": one.why or None,
    }

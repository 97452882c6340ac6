"""The one shape of an error: problem details (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

API = "/api/"
"""What the addresses for programs begin with."""


class Problem(JSONResponse):
    """`application/problem+json`."""

    media_type = "application/problem+json"


def for_programs(scope: Scope) -> bool:
    """Whether a request is a program's."""
    return str(scope.get("path", "")).startswith(API)


def problem(
    scope: Scope, status: int, detail: str = "", *, headers: dict[str, str] | None = None
) -> Response:
    """An error's answer, without a page around it: for those that are refused unseen."""
    if for_programs(scope):
        return details(status, detail, headers=headers)
    words = f"{status} {title(status)}\n{detail}\n"
    return PlainTextResponse(words, status_code=status, headers=headers)


def details(
    status: int, detail: str = "", *, headers: dict[str, str] | None = None, **more: Any
) -> Problem:
    """An error for programs; `more` are members of its own."""
    body = {"type": "about:blank", "title": title(status), "status": status}
    if detail:
        body["detail"] = detail
    return Problem({**body, **more}, status_code=status, headers=headers)


def title(status: int) -> str:
    """What a status is called: `Not Found`."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"

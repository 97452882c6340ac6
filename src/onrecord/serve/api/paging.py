"""Pages of an answer: a cursor says how far the last one went, and of which question it was."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.serve.params import LIMIT, MOST, whole

DEEPEST = 10_000
"""Rows that one question gives in all; what lies behind them is found by narrowing the days."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins, and how many rows it has."""

    skip: int
    limit: int
    question: str

    @property
    def whole(self) -> int:
        """Rows from the first one to the first one after this page, if it is there."""
        return self.skip + self.limit + 1


def place(request: Request) -> Place:
    """The page that a request wants; raises `HTTPException` (404) for a cursor of no page."""
    query = request.query_params
    limit = whole(query, "limit", default=LIMIT, most=MOST)
    question = _question(request)
    cursor = query.get("cursor")
    return Place(_skip(cursor, question) if cursor else 0, limit, question)


def _question(request: Request) -> str:
    """What is asked, whatever page of it."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in _PAGING]
    asked = json.dumps([request.url.path, sorted(pairs)])
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:12]


_PAGING = ("limit", "cursor")


def _skip(cursor: str, question: str) -> int:
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        of, _, skip = plain.partition(".")
        if of == question and 0 < int(skip) <= DEEPEST:
            return int(skip)
    except (ValueError, binascii.Error):
        pass
    raise HTTPException(404, "there is no such page; a cursor is `next` of the page before")


def cursor(at: Place) -> str | None:
    """The cursor of the page after this one; None where no question goes so far."""
    skip = at.skip + at.limit
    if skip > DEEPEST:
        return None
    made = base64.urlsafe_b64encode(f"{at.question}.{skip}".encode())
    return made.decode().rstrip("=")


def envelope(rows: Sequence[Any], at: Place, *, more: bool) -> dict[str, Any]:
    """A page as it is sent."""
    return {"data": list(rows), "next": cursor(at) if more else None}

"""What an address asks for: the filters of the command line, under the same names."""

from __future__ import annotations

import re
from datetime import date

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from onrecord.views import Filters
from onrecord.vocabulary import AUTHORITIES, TOPICS

LIMIT, MOST = 20, 200
"""Rows of an answer where the address doesn't say how many, and at most."""


def filters(query: QueryParams, *, limit: int = LIMIT) -> Filters:
    """The filters that a query has; empty values limit nothing.

    Raises `HTTPException` (422) for a word, day or number that isn't one.
    """
    return Filters(
        party=several(query, "party"),
        topic=several(query, "topic", legal=TOPICS),
        since=day(query, "since"),
        until=day(query, "until"),
        authority=several(query, "authority", legal=(*AUTHORITIES, "report")),
        limit=whole(query, "limit", default=limit, most=MOST),
    )


def several(query: QueryParams, name: str, *, legal: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The values of a parameter that may be repeated, each once."""
    found = tuple(dict.fromkeys(value for value in query.getlist(name) if value.strip()))
    for value in found:
        if legal and value not in legal:
            raise illegal(name, value, f"one of {', '.join(legal)}")
    return found


def word(query: QueryParams, name: str, *, legal: tuple[str, ...] = ()) -> str:
    """The value of a parameter; empty where there is none."""
    value = query.get(name, "").strip()
    if value and legal and value not in legal:
        raise illegal(name, value, f"one of {', '.join(legal)}")
    return value


def day(query: QueryParams, name: str) -> str:
    """A day as YYYY-MM-DD; a month or year means its first day."""
    value = query.get(name, "").strip()
    if not value:
        return ""
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        try:
            return date.fromisoformat(f"{value}-01-01"[:10]).isoformat()
        except ValueError:
            pass
    raise illegal(name, value, "YYYY-MM-DD, YYYY-MM or YYYY")


def whole(query: QueryParams, name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`."""
    value = query.get(name, "").strip()
    if not value:
        return default
    if re.fullmatch(r"[0-9]{1,9}", value) and 1 <= int(value) <= most:
        return int(value)
    raise illegal(name, value, f"a whole number from 1 to {most}")


def illegal(name: str, value: str, wants: str) -> HTTPException:
    """422: a parameter's value is none of the legal ones."""
    return HTTPException(422, f"{name}: {value[:80]!r} isn't legal; wants {wants}")

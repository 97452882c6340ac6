"""What the API's addresses may ask for: one declaration checks it and describes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from onrecord.serve.params import LIMIT, MOST, illegal
from onrecord.vocabulary import AUTHORITIES, COUNTED, EVENT_TYPES, TOPICS

Schema = Mapping[str, Any]

WORDS: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 300,
    "pattern": r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
}
"""A name or words: no control characters, and not blank."""
DAY: Schema = {
    "type": "string",
    "format": "onrecord-day",
    "pattern": r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$",
}
"""A day, month or year; of the days, the pattern has those that every month has, so that what is
made from it is always one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a query."""

    name: str
    schema: Schema
    says: str
    many: bool = False
    """Whether it may be repeated."""
    required: bool = False

    def check(self, values: Sequence[str]) -> None:
        """Raises `HTTPException` (422) where a value isn't legal."""
        if not values and self.required:
            raise HTTPException(422, f"{self.name}: is missing; {self.says}")
        if len(values) > 1 and not self.many:
            raise HTTPException(422, f"{self.name}: is given {len(values)} times; wants one value")
        for value in values:
            if why := fault(value, self.schema):
                raise illegal(self.name, value, why)


def fault(value: str, schema: Schema) -> str:
    """What a value should be, where it isn't that; empty where it is."""
    if "enum" in schema:
        return "" if value in schema["enum"] else f"one of {', '.join(schema['enum'])}"
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        whole = re.fullmatch(r"[0-9]{1,9}", value)
        return "" if whole and low <= int(value) <= high else f"a whole number, {low} to {high}"
    if schema["type"] == "boolean":
        return "" if value in ("true", "false") else "true or false"
    return _text_fault(value, schema)


def _text_fault(value: str, schema: Schema) -> str:
    if len(value) > schema.get("maxLength", len(value)):
        return f"at most {schema['maxLength']} characters"
    pattern = schema.get("pattern", "")
    if "format" in schema:
        return "" if _is_day(value) else "YYYY-MM-DD, YYYY-MM or YYYY"
    return "" if re.search(pattern, value) else "words, without control characters"


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"[12][0-9]{3}(-[0-9]{2}){0,2}", value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def check(query: QueryParams, declared: Sequence[Parameter]) -> None:
    """Raises `HTTPException` (422) for what isn't legal, and for what isn't known."""
    known = {one.name for one in declared}
    for name in query:
        if name not in known:
            legal = ", ".join(sorted(known)) or "none"
            raise HTTPException(422, f"{name[:80]!r}: no such parameter; legal are {legal}")
    for one in declared:
        one.check(query.getlist(one.name))


def _one_of(words: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


PAGING = (
    Parameter(
        name="limit",
        schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        says="How many at most.",
    ),
    Parameter(
        name="cursor",
        schema={"type": "string", "pattern": r"^[A-Za-z0-9_-]{1,120}$", "maxLength": 120},
        says="`next` of the page before.",
    ),
)
SINCE = Parameter(
    name="since", schema=DAY, says="Only reports from this day on; a month or year is its first."
)
UNTIL = Parameter(name="until", schema=DAY, says="Only reports up to this day.")
FILTERS = (
    Parameter(name="party", schema=WORDS, says="Only this party, by any of its names.", many=True),
    Parameter(name="topic", schema=_one_of(TOPICS), says="Only this topic.", many=True),
    SINCE,
    UNTIL,
    Parameter(
        name="authority",
        schema=_one_of((*AUTHORITIES, "report")),
        says="Only on this kind of word; `report`: the report's own.",
        many=True,
    ),
    *PAGING,
)
CHANGED_SINCE = Parameter(
    name="changed-since", schema=DAY, says="Only what is new, or otherwise than before this day."
)
TYPE = Parameter(name="type", schema=_one_of(EVENT_TYPES), says="Only this type.", many=True)
WHAT = Parameter(name="what", schema=_one_of(COUNTED), says="Only what is counted so.")
WHO = Parameter(name="who", schema=WORDS, says="Only where these are counted: words of theirs.")
WEAK = Parameter(
    name="weak",
    schema={"type": "boolean"},
    says="The claims on unnamed sources or nobody's word alone, instead of who is quoted.",
)
QUERY = Parameter(
    name="q",
    schema={**WORDS, "pattern": r"^[^\x00-\x1f\x7f]*[A-Za-z0-9][^\x00-\x1f\x7f]*$"},
    says='Words that must all be there; "in quotes" together; a final * for any ending.',
    required=True,
)
NAME = Parameter(name="name", schema=WORDS, says="Only those called so, or whose names begin so.")
KIND = Parameter(name="kind", schema=WORDS, says="Only actors of this kind.")
PUBLISHER = Parameter(name="publisher", schema=WORDS, says="Only this outlet's.")
TARGET = Parameter(
    name="target", schema=WORDS, says="Only those of this entry, actor or review, by its id."
)

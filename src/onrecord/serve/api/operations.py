"""All that the API does, declared: what the OpenAPI document and its page are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.serve import giving
from onrecord.serve.api import asking, reports, reviews, shapes
from onrecord.serve.api.parameters import Parameter
from onrecord.serve.api.shapes import DAY, MAYBE, TEXT, Shape, listed, row
from onrecord.vocabulary import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one address."""

    id: str
    method: str
    path: str
    says: str
    answer: Shape
    faults: tuple[int, ...]
    """Statuses of its own, beside those of every request."""
    status: int = 200
    parameters: tuple[Parameter, ...] = ()
    in_path: tuple[str, ...] = ()
    bodies: Mapping[str, Shape] = field(default_factory=dict)
    """Schemas of what may be sent, by media type."""
    paged: bool = False
    writes: bool = False
    remembered: bool = True
    """Whether its answers have ETags."""


def operations() -> tuple[Operation, ...]:
    """Every operation, in the order in which one meets them."""
    return (_READ, _ADD, _JOB, _REPORTS, _REPORT, _RECORD, *_QUESTIONS, _REVIEWS, _DECIDE)


_KNOWN: dict[str, Shape] = {
    "title": {**MAYBE, "maxLength": giving.LONGEST_LINE},
    "published": {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
            {"type": "null"},
        ]
    },
    "publisher": {**MAYBE, "maxLength": giving.LONGEST_LINE},
}
_WORDS: Shape = {
    "type": "string",
    "description": "The report; every offset of its record points into it",
    "pattern": giving.WORD,
}
_TEXT_BODY = row(_KNOWN, text=_WORDS)
_ADDRESS_BODY = row(
    address={"type": "string", "description": "A page, a feed or an archive, over HTTP(S)"}
)
_FILES_BODY = row(
    files={
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
    }
)
_RECORD_SHAPE: Shape = {"$ref": "#/components/schemas/Record"}

_READ = Operation(
    id="read",
    method="POST",
    path="/api/v1/read",
    says="The record of a text, which isn't kept. Open on loopback.",
    bodies={
        "application/json": _TEXT_BODY,
        "text/plain": {"type": "string", "pattern": giving.WORD},
    },
    answer=_RECORD_SHAPE,
    faults=(400, 403, 408, 413, 415, 422, 503),
    remembered=False,
)
_OUTCOME = row(
    place=TEXT,
    did=shapes.one_of("read", "kept", "known", "reread", "failed"),
    report=MAYBE,
    why=MAYBE,
)
_JOB_SHAPE = row(
    job=TEXT,
    state=shapes.one_of("waiting", "working", "done", "failed", "stopped"),
    total={"type": ["integer", "null"], "description": "Documents, where that is known"},
    done={"type": "object", "additionalProperties": shapes.COUNT},
    why=MAYBE,
    reports={**listed(_OUTCOME), "description": "What became of each, the last thousand"},
)
_ADD = Operation(
    id="add",
    method="POST",
    path="/api/v1/reports",
    says="Reads a text, an address or files, and keeps them; the answer says which job does it.",
    bodies={
        "application/json": {"anyOf": [_TEXT_BODY, _ADDRESS_BODY]},
        "text/plain": {"type": "string", "pattern": giving.WORD},
        "multipart/form-data": _FILES_BODY,
    },
    answer=_JOB_SHAPE,
    status=202,
    faults=(400, 403, 408, 413, 415, 422, 503),
    writes=True,
    remembered=False,
)
_JOB = Operation(
    id="job",
    method="GET",
    path="/api/v1/jobs/{id}",
    says="How far a job is, and what became of each report.",
    in_path=("id",),
    answer=_JOB_SHAPE,
    faults=(404,),
    remembered=False,
)
_REPORTS = Operation(
    id="reports",
    method="GET",
    path="/api/v1/reports",
    says="The reports, latest first.",
    parameters=reports.LIST,
    answer=shapes.LISTED,
    faults=(404, 422),
    paged=True,
)
_KIN = row(
    id=TEXT,
    title=TEXT,
    publisher=TEXT,
    day=TEXT,
    similarity={"type": "number"},
    diff={"type": "object", "description": "What the later one added, dropped and changed"},
)
_REPORT = Operation(
    id="report",
    method="GET",
    path="/api/v1/reports/{id}",
    says="A report as it was published, where it was found, its copies and versions.",
    in_path=("id",),
    answer=row(
        report=shapes.REPORT,
        title=TEXT,
        publisher=MAYBE,
        published=MAYBE,
        day=DAY,
        language=MAYBE,
        words=shapes.COUNT,
        text=TEXT,
        wire=shapes.NAMES,
        byline=TEXT,
        added_at=TEXT,
        appearances=listed(row(place=TEXT, name=TEXT, publisher=TEXT, day=TEXT)),
        copies=listed(_KIN),
        earlier=listed(_KIN),
        later=listed(_KIN),
    ),
    faults=(404, 422),
)
_RECORD = Operation(
    id="record",
    method="GET",
    path="/api/v1/records/{id}",
    says="The record of the report with this id, with what people decided.",
    in_path=("id",),
    answer=_RECORD_SHAPE,
    faults=(404, 422),
)
_QUESTIONS = tuple(
    Operation(
        id=one.name,
        method="GET",
        path=one.path,
        says=one.says,
        parameters=one.parameters,
        answer=one.row,
        faults=(404, 422),
        paged=True,
    )
    for one in asking.QUESTIONS
)
_REVIEWS = Operation(
    id="reviews",
    method="GET",
    path="/api/v1/reviews",
    says="What was decided, latest first.",
    parameters=reviews.LIST,
    answer=shapes.REVIEWS,
    faults=(404, 422),
)
_NOTED: dict[str, Shape] = {"note": {**MAYBE, "pattern": "^[^\\x00]*$"}}
_ID: Shape = {"type": "string", "minLength": 1, "pattern": "^[^\\x00]+$"}
_SEEN: Shape = {
    "type": "string",
    "pattern": "^[^\\x00]*$",
    "description": "The last review of the target that its maker has seen (`latest`); empty: none",
}


def _decision(action: str, /, **fields: Shape) -> Shape:
    return row(_NOTED, action=shapes.one_of(action), target=_ID, seen=_SEEN, **fields)


_ACTORS: Shape = {**listed(TEXT), "minItems": 1}
_NEW: Shape = {
    **listed(row(id=_ID, name=_ID, kind=shapes.one_of(*KINDS))),
    "description": "Actors that the record lacks; `changes` name them by these ids",
}
_DECIDE = Operation(
    id="decide",
    method="POST",
    path="/api/v1/reviews",
    says="Decides about an entry or actor; 409 where somebody else did since `seen`.",
    bodies={
        "application/json": {
            "anyOf": [
                _decision("accept"),
                _decision("reject"),
                _decision("undo"),
                _decision("correct", changes=shapes.ANY_OBJECT),
                _decision("correct", changes=shapes.ANY_OBJECT, new_actors=_NEW),
                _decision("merge", into=_ID),
                _decision("split", actors=_ACTORS, name=_ID),
                _decision("split", actors=_ACTORS, into=_ID),
                _decision("distinct", into=_ID),
            ]
        }
    },
    answer=row(review=TEXT, target=TEXT, action=TEXT),
    status=201,
    faults=(400, 403, 404, 408, 409, 413, 415, 422, 503),
    writes=True,
    remembered=False,
)

"""The schemas of what the API sends (JSON Schema 2020-12)."""

from __future__ import annotations

from typing import Any

from onrecord.vocabulary import AUTHORITIES, COUNTED, EVENT_TYPES, TOPICS

Shape = dict[str, Any]


def one_of(*words: str) -> Shape:
    """One of some words."""
    return {"type": "string", "enum": list(words)}


def listed(shape: Shape) -> Shape:
    """A list."""
    return {"type": "array", "items": shape}


def row(optional: dict[str, Shape] | None = None, /, **fields: Shape) -> Shape:
    """An object with all these fields, and perhaps the optional ones, and no other."""
    return {
        "type": "object",
        "properties": {**fields, **(optional or {})},
        "required": list(fields),
        "additionalProperties": False,
    }


TEXT: Shape = {"type": "string"}
NAMES = listed(TEXT)
MAYBE: Shape = {"type": ["string", "null"]}
DAY: Shape = {"type": ["string", "null"], "description": "YYYY-MM-DD; null where it isn't known"}
COUNT: Shape = {"type": "integer", "minimum": 0}
NUMBER: Shape = {"type": ["number", "null"]}
YES: Shape = {"type": "boolean"}
WHOSE = one_of(*AUTHORITIES, "report", "headline")
REPORT: Shape = {"type": "string", "description": "A report's id: `/api/v1/reports/{id}`"}
ENTRY: Shape = {"type": "string", "description": "An entry's id: the report's, a colon, its key"}

WORDS: dict[str, Shape] = {
    "quote": {"type": "string", "description": "The words themselves"},
    "passage": {"type": "string", "description": "The sentence they stand in"},
    "said_by": TEXT,
    "authority": WHOSE,
    "publisher": MAYBE,
    "day": {**DAY, "description": "The report's day"},
    "title": TEXT,
    "report": REPORT,
    "entry": ENTRY,
}
"""What every row has that leads back to words."""

TERM = row(topic=TEXT, what=TEXT, giver=NAMES, entry=ENTRY)
ANSWER = row(who=NAMES, stance=TEXT, **WORDS)
LEDGER = row(
    first_day=DAY,
    last_day=DAY,
    by=NAMES,
    to=NAMES,
    mediators=NAMES,
    tellings=COUNT,
    origins=COUNT,
    terms=listed(TERM),
    exchange=listed(listed(NAMES)),
    answers=listed(ANSWER),
    superseded_by=MAYBE,
    added=NAMES,
    dropped=NAMES,
    **WORDS,
)
POSITION = row(
    party=TEXT,
    topic=one_of(*TOPICS),
    stance=TEXT,
    latest=YES,
    before=MAYBE,
    changed=YES,
    denials=COUNT,
    **WORDS,
)
HAPPENING = row(
    date=DAY,
    dated=YES,
    type=one_of(*EVENT_TYPES),
    status=TEXT,
    actors=NAMES,
    recipients=NAMES,
    tellings=COUNT,
    origins=COUNT,
    denials=COUNT,
    **WORDS,
)
FIGURE = row(
    what=one_of(*COUNTED),
    who=TEXT,
    value=NUMBER,
    upper=NUMBER,
    bound=TEXT,
    when=MAYBE,
    as_of=DAY,
    denials=COUNT,
    **WORDS,
)
VOICE = row(
    dispute={"type": "integer", "minimum": 1},
    kind=TEXT,
    claim=TEXT,
    who=NAMES,
    first_day=DAY,
    last_day=DAY,
    side=one_of("supports", "denies"),
    value=NUMBER,
    upper=NUMBER,
    **WORDS,
)
_AS = {f"as_{name}": COUNT for name in ("named", "body", "unnamed", "media", "document", "none")}
SOURCE: Shape = {
    "anyOf": [
        row(WORDS, name=TEXT, kind=TEXT, party=MAYBE, statements=COUNT, **_AS),
        row(
            label=TEXT,
            topic=MAYBE,
            first_day=DAY,
            last_day=DAY,
            tellings=COUNT,
            origins=COUNT,
            **WORDS,
        ),
    ],
    "description": "Who is quoted; with `weak`, a claim",
}
HIT = row(
    day=DAY,
    publisher=MAYBE,
    title=TEXT,
    passage=TEXT,
    said_by=TEXT,
    authority=WHOSE,
    begins=COUNT,
    ends=COUNT,
    report=REPORT,
    entry=MAYBE,
)
ACTOR = row(actor=TEXT, name=TEXT, kind=TEXT, party=MAYBE, party_id=MAYBE, statements=COUNT)
LISTED = row(
    report=REPORT,
    title=TEXT,
    publisher=MAYBE,
    day=DAY,
    words=COUNT,
    copies={"type": "integer", "minimum": 1},
    authorities={"type": "object", "additionalProperties": COUNT},
    headline={**NAMES, "description": "How the text bears out each claim of the headline"},
)
PROBLEM: Shape = {
    "type": "object",
    "description": "Problem details (RFC 9457)",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
    },
    "required": ["type", "title", "status"],
}


def page_of(shape: Shape) -> Shape:
    """A page of rows."""
    return row(data=listed(shape), next={**MAYBE, "description": "The cursor of the next page"})


ANY_OBJECT: Shape = {"type": "object"}
REVIEW = row(
    id=TEXT,
    made_at=TEXT,
    who=TEXT,
    action=one_of("accept", "correct", "reject", "merge", "split", "distinct", "undo"),
    target=TEXT,
    before=ANY_OBJECT,
    after=ANY_OBJECT,
    note=MAYBE,
    holds=YES,
)
REVIEWS = row(
    data=listed(REVIEW),
    next={**MAYBE, "description": "The cursor of the next page"},
    latest={
        **MAYBE,
        "description": "With `target`: the last review that bears on it (empty: none yet), to be "
        "sent as `seen` with a decision about it",
    },
)

"""A record's events as PLOVER JSON: one event a line, fields named as in PLOVER's manual.

What PLOVER has no field for is beside it: `voice` (who asserts the event, on what authority),
`disputed` and `denied_by` (who in the report denies it), `status`. PLOVER's own `text` stays out:
by its manual it is for those who hold the rights in the text. `date` is the report's date, as
usual in event data; `when` has the report's own words for the time of the event.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from onrecord.export import telling
from onrecord.record import Event, Record, Statement, one_line
from onrecord.vocabulary import EventType, Status

QUAD: dict[EventType, int] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""Quad category: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""

CONTEXT: dict[Status, tuple[str, ...]] = {
    "actual": (),
    "ongoing": (),
    "future": ("future",),
    "possible": ("hypothetical",),
    "conditional": ("hypothetical",),
    "negated": ("negation",),
}
"""The contexts that PLOVER's manual has for events that did not simply happen."""


def render(record: Record) -> str:
    """The record's events as JSON Lines; empty where it has none."""
    return "".join(
        one_line(json.dumps(event(record, one), ensure_ascii=False)) + "\n" for one in record.events
    )


def event(record: Record, one: Event) -> dict[str, Any]:
    """One event as a PLOVER object."""
    return {
        "id": f"{record.report.id}-{one.id}",
        "date": _day(record.report.published),
        "source": _actors(record, one.actors),
        "recipient": _actors(record, one.recipients),
        "event": [one.type],
        "quad_code": QUAD[one.type],
        "context": list(CONTEXT[one.status]),
        "event_text": [one.trigger.text],
        "event_loc": None if one.where is None else {"name": one.where.text},
        "text_info": {"start": one.trigger.start, "end": one.trigger.end},
        "cite_info": _citation(record, one),
        "status": one.status,
        "when": None if one.when is None else one.when.text,
        "voice": _voice(record, record.voice_of(one)),
        "disputed": bool(record.denials(one)),
        "denied_by": [_voice(record, denial) for denial in record.denials(one)],
        "confidence": one.confidence,
    }


def _day(published: str | None) -> str | None:
    """The day of an ISO 8601 date or time; None where it isn't known to the day."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", published or "")
    return found.group() if found else None


def _actors(record: Record, ids: Iterable[str]) -> list[dict[str, Any]]:
    actors = [record.actor(id) for id in ids]
    return [
        {
            "actor_text": actor.name,
            "identifier_id": actor.id,
            "kind": actor.kind,
            "office": actor.role,
            "of": telling.belongs_to(record, actor) or None,
        }
        for actor in actors
    ]


def _citation(record: Record, one: Event) -> dict[str, Any]:
    report = record.report
    return {
        "citation": report.id,
        "title": report.title,
        "publication": report.publisher,
        "language": report.language,
        "coder": one.origin,
        "codebook": "PLOVER 2 (root categories)",
    }


def _voice(record: Record, statement: Statement | None) -> dict[str, Any]:
    """Who asserts (or denies) an event: the report itself, or a statement in it."""
    if statement is None:
        return {"id": "author", "speaker": [], "authority": None, "via": [], "act": None}
    return {
        "id": statement.id,
        "speaker": record.names(statement.speaker),
        "authority": statement.authority,
        "via": list(statement.via),
        "act": statement.act,
    }

"""Events: triggers with their PLOVER type, status, participants, place, time and voice."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.analysis import Analysis
from onrecord.reading.cast import Cast, Cluster
from onrecord.reading.decoding import Range, softmax
from onrecord.reading.figures import spans, when_near
from onrecord.reading.participants import participants
from onrecord.vocabulary import EventType, Status

ORIGIN = "model:event/1"
_PLACED = frozenset("in at near outside inside from across into to".split())


@dataclass(slots=True)
class DraftEvent:
    """An event before it has an id and a voice."""

    word: int
    trigger: Range
    type: EventType
    status: Status
    actors: list[Cluster]
    recipients: list[Cluster]
    where: Range | None
    when: Range | None
    confidence: float


def events(analysis: Analysis, cast: Cast, *, after: int) -> list[DraftEvent]:
    """The events in text order; none begins before character ``after``."""
    sure = softmax(analysis.logits["trigger"])
    out = []
    for a, b in spans(analysis, "trigger"):
        trigger = analysis.chars(a, b)
        if trigger[0] < after:
            continue
        type_: EventType = analysis.label("event", a)
        actors, recipients = participants(analysis, cast, (a, b), type_)
        out.append(
            DraftEvent(
                a, trigger, type_, analysis.label("status", a), actors, recipients,
                _where(analysis, a, b), when_near(analysis, a, b),
                round(float(sure[a, 1]), 3),
            )
        )  # fmt: skip
    return out


def _where(analysis: Analysis, a: int, b: int) -> Range | None:
    """The nearest place name behind a place's preposition in the trigger's sentence."""
    start, end = analysis.sentences()[analysis.sentence_of(a)]
    forms = analysis.forms()
    found = [
        (s, e)
        for s, e, label in analysis.entities
        if label == "LOC" and start < s < end
        and any(f.lower() in _PLACED for f in forms[max(start, s - 2) : s])
    ]  # fmt: skip
    if not found:
        return None
    s, e = min(found, key=lambda r: abs(r[0] - b))
    return analysis.chars(s, e)

"""Events: triggers with their PLOVER type, status, participants, place, time and voice."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.actors import Cast, Cluster, distinct
from onrecord.reading.analysis import Analysis
from onrecord.reading.decoding import Range, softmax
from onrecord.reading.figures import spans, when_near
from onrecord.vocabulary import EventType, Status

ORIGIN = "model:event/1"
ACTOR, RECIPIENT = 0.3, 0.3
"""Probability from which the likeliest actor is taken."""
BESIDE = 0.25
"""Probability from which an actor is taken beside the likeliest one."""
_PLACED = frozenset("in at near outside inside from across into to".split())
REACH = 150
"""Words to either side of a trigger in which its participants are looked for."""


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
        actors = related(analysis, cast, "actor", a, least=ACTOR)
        recipients = related(analysis, cast, "recipient", a, least=RECIPIENT)
        recipients = [r for r in recipients if not any(r is x for x in actors)]
        out.append(
            DraftEvent(
                a, trigger, analysis.label("event", a), analysis.label("status", a), actors,
                recipients, _where(analysis, a, b), when_near(analysis, a, b),
                round(float(sure[a, 1]), 3),
            )
        )  # fmt: skip
    return out


def related(
    analysis: Analysis, cast: Cast, relation: str, word: int, *, least: float, reach: int = REACH
) -> list[Cluster]:
    """The actors in ``relation`` to a word: the likeliest, if its probability (that of all its
    mentions together) is at least ``least``, and those of at least ``BESIDE``."""
    near = [s for s in cast.starts() if abs(s - word) <= reach]
    if not near:
        return []
    odds: dict[int, float] = {}
    for start, chance in zip(near, analysis.choose(relation, word, near).tolist(), strict=True):
        odds[id(cast.at(start))] = odds.get(id(cast.at(start)), 0.0) + chance
    best = max(odds.values())
    floor = min(best, BESIDE) if best >= least else 1.0
    return [c for c in distinct(cast.at(s) for s in near) if odds[id(c)] >= floor]


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

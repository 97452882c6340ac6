"""Events: triggers with their PLOVER type, status, participants, place, time and voice."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.actors import Cast, Cluster
from onrecord.reading.analysis import Analysis
from onrecord.reading.decoding import Range, softmax
from onrecord.reading.figures import spans, when_near
from onrecord.vocabulary import EventType, Status

ORIGIN = "model:event/1"
LIKELIEST = 0.25
"""Probability from which the likeliest actor is taken into a relation."""
BESIDE = 0.45
"""Probability from which an actor is taken beside the likeliest one."""
MEETING = 0.2
"""The same for events of which it takes two."""
_TWO_SIDED = frozenset(("CONSULT", "AGREE", "COOPERATE"))
_PLACED = frozenset("in at near outside inside from across into to".split())
REACH = 90
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
        type_: EventType = analysis.label("event", a)
        beside = MEETING if type_ in _TWO_SIDED else BESIDE
        actors, recipients = _participants(analysis, cast, a, beside=beside)
        out.append(
            DraftEvent(
                a, trigger, type_, analysis.label("status", a), actors, recipients,
                _where(analysis, a, b), when_near(analysis, a, b),
                round(float(sure[a, 1]), 3),
            )
        )  # fmt: skip
    return out


def _participants(
    analysis: Analysis, cast: Cast, word: int, *, beside: float
) -> tuple[list[Cluster], list[Cluster]]:
    """Who acts and who is acted on; one who may be either is what is likelier."""
    acting = odds(analysis, cast, "actor", word)
    suffering = odds(analysis, cast, "recipient", word)
    other = {id(c): chance for c, chance in suffering}
    acting = [(c, p if p >= other[id(c)] else 0.0) for c, p in acting]
    actors = chosen(acting, beside=beside)
    taken = {id(c) for c in actors}
    return actors, chosen([(c, p) for c, p in suffering if id(c) not in taken])


def related(analysis: Analysis, cast: Cast, relation: str, word: int) -> list[Cluster]:
    """The actors that stand in ``relation`` to a word."""
    return chosen(odds(analysis, cast, relation, word))


def odds(analysis: Analysis, cast: Cast, relation: str, word: int) -> list[tuple[Cluster, float]]:
    """The actors named within ``REACH`` of a word, each with the probability that it stands in
    ``relation`` to it: that of all its mentions there together."""
    near = cast.near(word, REACH)
    if not near:
        return []
    found: dict[int, tuple[Cluster, float]] = {}
    for start, chance in zip(near, analysis.choose(relation, word, near).tolist(), strict=True):
        cluster = cast.at(start)
        _, before = found.get(id(cluster), (cluster, 0.0))
        found[id(cluster)] = cluster, before + chance
    return list(found.values())


def chosen(candidates: list[tuple[Cluster, float]], *, beside: float = BESIDE) -> list[Cluster]:
    """The likeliest actor, if its probability is at least ``LIKELIEST``, and those of at least
    ``beside``."""
    best = max((chance for _, chance in candidates), default=0.0)
    if best < LIKELIEST:
        return []
    return [c for c, chance in candidates if chance >= min(best, beside)]


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

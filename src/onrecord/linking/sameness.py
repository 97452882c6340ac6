"""Whether two entries tell one thing.

Entries compare within a layer. What makes two of them one is the kind of deed, the parties, the day
and the words around; each layer weighs these in its own way.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from onrecord.linking.telling import Told
from onrecord.linking.weights import Weights
from onrecord.linking.words import stem

SAME = 0.46
"""Least likeness of two entries that are one: for each of the three annotated streams, the border
that is best on the two others."""

CLOSE, ABOUT = 1.05, 1.03
"""How much more a figure may be than one told as "more than", and as "about", to be the same."""

WORDED = 0.2
"""What positions, terms and proposals lose: their words alone say less than an event's parties."""

VAGUE = 0.5
"""What "hundreds" and the like lose: two of them say nothing of one another."""

LATE = 0.2
"""What an event loses that is still to come when another has already happened: a report that awaits
an offensive doesn't tell of the one that was going on before, but a summit awaited is the one held
later. Of .1, .2 and .3 none is better."""

AGED = 0.1
"""What entries lose that are told a month and more apart, of what no day is known."""

APART = 1
"""Days by which what two entries tell may lie apart and still be one thing."""

_VAGUE = frozenset(map(stem, ("dozens", "hundreds", "thousands", "scores", "millions")))


def same(one: Told, other: Told, weights: Weights) -> float:
    """How likely two entries tell one thing: from `SAME` on, they do."""
    if one.layer != other.layer:
        return 0.0
    if one.layer == "events":
        return _same_event(one, other, weights)
    if one.layer == "figures":
        return _same_figure(one, other, weights)
    return _same_words(one, other, weights)


@lru_cache(maxsize=50_000)
def ordinal(day: str) -> int:
    """The number of a day, so that days can be told apart by subtraction; 0 where it is unknown."""
    return date.fromisoformat(day).toordinal() if day else 0


def gap(one: str, other: str) -> int | None:
    """Days between two days, None where one of them isn't known."""
    return abs(ordinal(one) - ordinal(other)) if one and other else None


def _aged(one: Told, other: Told) -> float:
    """How much of a month lies between two reports."""
    apart = gap(one.day, other.day)
    return 0.0 if apart is None else min(1.0, apart / 30)


_TO_COME = frozenset(("future", "possible", "conditional"))
_HAPPENED = frozenset(("actual", "ongoing"))


def _late(one: Told, other: Told) -> bool:
    """Whether one is awaited when, or after, the other happens."""
    if not one.day or not other.day:
        return False
    awaited = one.status in _TO_COME and other.status in _HAPPENED and one.day >= other.day
    return awaited or (
        other.status in _TO_COME and one.status in _HAPPENED and other.day >= one.day
    )


def _parties(one: Told, other: Told) -> float:
    """1 where doers and others agree, -1 where the doers are known and apart."""
    doers = not one.doers.isdisjoint(other.doers)
    others = not one.others.isdisjoint(other.others)
    if not doers and not others and _crossed(one, other):
        return -1.0
    if one.doers and other.doers and not doers:
        return -0.5
    return 0.5 * doers + 0.5 * others


def _crossed(one: Told, other: Told) -> bool:
    """Whether each one's doers are those to whom the other's is done."""
    there, back = one.doers.isdisjoint(other.others), one.others.isdisjoint(other.doers)
    return not there and not back


def _same_event(one: Told, other: Told, weights: Weights) -> float:
    if (one.deed or one.label) != (other.deed or other.label):
        return 0.0
    dated = gap(one.happened, other.happened)
    if dated is not None and dated > APART:
        return 0.0
    score = 1.2 * weights.likeness(one.words, other.words) + 0.12 * _parties(one, other)
    score += 0.05 * (bool(one.deed) and one.deed == other.deed)
    score += 0.08 * (not one.head.isdisjoint(other.head))
    score -= LATE * _late(one, other)
    return score + 0.3 if dated is not None else score - AGED * _aged(one, other)


def agree(one: Told, other: Told) -> bool:
    """Whether two figures can be one number, told more and less exactly."""
    a, b = one.value or 0.0, other.value or 0.0
    if a == b:
        return True
    low, high = sorted(((a, one.status), (b, other.status)))
    if low[1] == "more_than":
        return high[0] <= low[0] * CLOSE
    return "about" in (low[1], high[1]) and high[0] <= low[0] * ABOUT


def _same_figure(one: Told, other: Told, weights: Weights) -> float:
    if one.label != other.label and "other" not in (one.label, other.label):
        return 0.0
    if not agree(one, other):
        return 0.0
    dated = gap(one.happened, other.happened)
    if dated is not None and dated > APART:
        return 0.0
    score = weights.likeness(one.words, other.words)
    size = max(one.value or 0.0, other.value or 0.0)
    score += 0.25 * (size >= 100) + 0.1 * (size >= 20) + 0.1 * (one.label == other.label)
    score -= VAGUE * (not one.head.isdisjoint(_VAGUE))
    return score + 0.15 * (dated is not None) + 0.05 * _parties(one, other)


def _same_words(one: Told, other: Told, weights: Weights) -> float:
    """Positions, terms, statements: by what they are about."""
    if one.topic != other.topic and "other" not in (one.topic, other.topic):
        return 0.0
    if one.layer == "positions" and one.label != other.label:
        return 0.0
    apart = one.doers and other.doers and one.doers.isdisjoint(other.doers)
    likeness = weights.likeness(one.head, other.head)
    around = weights.likeness(one.words, other.words)
    score = likeness + 0.2 * around + (-0.3 if apart else 0.1) - WORDED
    return score - AGED * _aged(one, other)

"""Claims: the entries of several reports and voices that tell the same thing.

Entries compare within a layer. What makes two of them one is the kind of deed, the parties, the day
and the words around; each layer weighs these in its own way. An entry joins the claim whose members
it is likest to, or makes a new one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.linking.telling import Told
from onrecord.linking.words import stem

MADE_BY = "rule:claims/1"

SAME = 0.5
"""Least likeness to a claim; the scores below are set so that half is where right and wrong pairs
of the annotated streams balance."""

LIKEST = 3
"""Members of a claim, the likest to an entry, whose mean likeness counts."""

KNOWN = 0.2
"""What a claim of several reports gains: what has been told often is what is meant again."""

CLOSE, ABOUT = 1.05, 1.03
"""How much more a figure may be than one told as "more than", and as "about", to be the same."""

WORDED = 0.2
"""What positions, terms and proposals lose: their words alone say less than an event's parties."""

VAGUE = 0.5
"""What "hundreds" and the like lose: two of them say nothing of one another."""

_VAGUE = frozenset(map(stem, ("dozens", "hundreds", "thousands", "scores", "millions")))

FRESH = 200
"""Entries after which the weights of stems are made anew."""

PRIOR = 40
"""Entries that are thought to have been seen before the first: in a small store no word is rare."""


@dataclass(slots=True)
class Weights:
    """How much each stem tells: the less, the more entries have it."""

    seen: Counter[str] = field(default_factory=Counter)
    entries: int = 0

    _made: dict[str, float] = field(default_factory=dict)

    def add(self, told: Iterable[Told]) -> None:
        """Counts the stems of more entries."""
        for one in told:
            self.entries += 1
            self.seen.update(one.words)
            if self.entries % FRESH == 0:
                self._made.clear()

    def of(self, stem: str) -> float:
        """The weight of a stem, as it was up to `FRESH` entries ago."""
        made = self._made.get(stem)
        if made is None:
            made = self._made[stem] = math.log((self.entries + PRIOR) / (self.seen[stem] + 1))
        return made

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted share of stems in common, 0 to 1."""
        common = one & other
        if not common:
            return 0.0
        shared = sum(map(self.of, common))
        if shared <= 0:
            return 0.0
        return shared / math.sqrt(sum(map(self.of, one)) * sum(map(self.of, other)))


def same(one: Told, other: Told, weights: Weights) -> float:
    """How likely two entries tell one thing: from `SAME` on, they do."""
    if one.layer != other.layer:
        return 0.0
    if one.layer == "events":
        return _same_event(one, other, weights)
    if one.layer == "figures":
        return _same_figure(one, other, weights)
    return _same_words(one, other, weights)


def gap(one: str, other: str) -> int | None:
    """Days between two days, None where one of them isn't known."""
    if not one or not other:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _parties(one: Told, other: Told) -> float:
    """1 where doers and others agree, -1 where the doers are known and apart."""
    doers = bool(one.doers & other.doers)
    others = bool(one.others & other.others)
    crossed = bool(one.doers & other.others) and bool(one.others & other.doers)
    if crossed and not doers and not others:
        return -1.0
    if one.doers and other.doers and not doers:
        return -0.5
    return 0.5 * doers + 0.5 * others


def _same_event(one: Told, other: Told, weights: Weights) -> float:
    if (one.deed or one.label) != (other.deed or other.label):
        return 0.0
    dated, apart = gap(one.happened, other.happened), gap(one.day, other.day)
    if dated is not None and dated > 1:
        return 0.0
    likeness = weights.likeness(one.words, other.words)
    score = likeness * 1.2 + 0.12 * _parties(one, other)
    score += 0.05 * (bool(one.deed) and one.deed == other.deed)
    score += 0.08 * bool(one.head & other.head)
    if dated is not None:
        score += 0.3
    elif apart is not None:
        score -= 0.1 * min(1.0, apart / 30)
    return score


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
    if dated is not None and dated > 1:
        return 0.0
    score = weights.likeness(one.words, other.words)
    size = max(one.value or 0.0, other.value or 0.0)
    score += 0.25 * (size >= 100) + 0.1 * (size >= 20) + 0.1 * (one.label == other.label)
    score -= VAGUE * any(word in one.head for word in _VAGUE)
    return score + 0.15 * (dated is not None) + 0.05 * _parties(one, other)


def _same_words(one: Told, other: Told, weights: Weights) -> float:
    """Positions, terms, statements: by what they are about."""
    if one.topic != other.topic and "other" not in (one.topic, other.topic):
        return 0.0
    if one.layer == "positions" and one.label != other.label:
        return 0.0
    parties = -0.3 if one.doers and other.doers and not one.doers & other.doers else 0.1
    likeness = weights.likeness(one.head, other.head)
    return likeness + 0.2 * weights.likeness(one.words, other.words) + parties - WORDED


@dataclass(slots=True)
class Claim:
    """Entries that tell one thing, in the order in which they came."""

    members: list[Told]

    def likeness(self, told: Told, weights: Weights) -> float:
        """Of an entry to the claim: halfway from the likest member to the mean of the latest."""
        scores = sorted((same(told, one, weights) for one in self.members), reverse=True)[:LIKEST]
        return sum(scores) / len(scores) + KNOWN * (len(self.members) > 3) * (scores[-1] > 0.2)


def bucket(told: Told) -> str:
    """What two entries must share to be one thing at all: they are compared within it alone."""
    return f"{told.layer} {told.deed or told.label}" if told.layer == "events" else told.layer


def group(told: Sequence[Told], *, weights: Weights | None = None) -> list[Claim]:
    """The claims of entries, which are taken in order of their days."""
    ordered = sorted(told, key=lambda one: one.day or "9999")
    weighed = weights or Weights()
    if weights is None:
        weighed.add(ordered)
    claims: dict[str, list[Claim]] = {}
    for one in ordered:
        place(one, claims.setdefault(bucket(one), []), weighed)
    return [claim for layer in claims.values() for claim in layer]


def place(told: Told, claims: list[Claim], weights: Weights) -> Claim:
    """Adds an entry to the claim that it is likest to, or to a new one."""
    scored = [(claim.likeness(told, weights), -k) for k, claim in enumerate(claims)]
    best = max(scored, default=(0.0, 0))
    if best[0] >= SAME:
        found = claims[-best[1]]
        found.members.append(told)
        return found
    made = Claim([told])
    claims.append(made)
    return made

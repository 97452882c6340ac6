"""Claims on shelves: those that one entry may join are found without looking at all the others.

What can tell one thing stands on one shelf (`shelf`). A shelf knows where each stem, number and day
stands among the members of its claims; only those that share enough with an entry are compared.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.linking.sameness import APART, CLOSE, ordinal, same
from onrecord.linking.telling import Told
from onrecord.linking.weights import Weights

LIKEST = 3
"""Members of a claim, the likest to an entry, whose mean likeness counts."""

COMPARED = 5
"""Members of a claim that share most with an entry, among which the likest are looked for."""

KNOWN = 0.2
"""What a claim of several reports gains: what has been told often is what is meant again."""

SHARED = 0.1
"""Least likeness of words of an event to a member that it is compared with, unless both are of one
day: up to it, the claims of the annotated streams are those that comparing all of them gives."""

HEADED = 0.2
"""The same of the words themselves of a position, term or proposal."""

SURE = {"events": 0.2, "figures": 0.0}
"""What one member of a claim of few must share at least, as nothing makes up for it; `HEADED` twice
in the other layers."""


@dataclass(slots=True, eq=False)
class Claim:
    """Entries that tell one thing, in the order in which they came."""

    members: list[Told]
    row: int | None = None
    """What a store calls it, once it is written."""


def likeness(told: Told, members: Iterable[Told], weights: Weights, *, many: int) -> float:
    """Of an entry to a claim of `many` members, of which the likest are given."""
    scores = sorted([same(told, one, weights) for one in members], reverse=True)[:LIKEST]
    told_often = many > LIKEST and len(scores) == LIKEST and scores[-1] > 0.2
    return sum(scores) / min(many, LIKEST) + KNOWN * told_often


def shelf(told: Told) -> str:
    """What two entries must share to be one thing at all."""
    if told.layer == "events":
        return f"{told.layer} {told.deed or told.label}"
    return f"{told.layer} {told.label}" if told.layer == "positions" else told.layer


@dataclass(slots=True)
class Shelf:
    """The claims of one kind, and where to find their members."""

    claims: list[Claim] = field(default_factory=list)
    _members: list[Told] = field(default_factory=list)
    _of: list[int] = field(default_factory=list)
    """The claim of each member, as a place among `claims`."""
    _stems: dict[str, list[int]] = field(default_factory=dict)
    _values: list[float] = field(default_factory=list)
    _valued: dict[float, list[int]] = field(default_factory=dict)
    _masses: list[float] = field(default_factory=list)
    _turn: int = -1

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Shelf:
        """A shelf with these claims."""
        made = cls()
        for claim in claims:
            for told in claim.members:
                made._place(told, len(made.claims))
            made.claims.append(claim)
        return made

    def best(self, told: Told, weights: Weights) -> tuple[float, int]:
        """The highest likeness to a claim and that claim's place; the older one of two alike."""
        near: dict[int, list[tuple[float, int]]] = {}
        sure = SURE.get(told.layer, 2 * HEADED)
        for shared, k in self._near(told, weights):
            at = self._of[k]
            if shared >= sure or len(self.claims[at].members) > LIKEST:
                near.setdefault(at, []).append((shared, k))
        scored = ((self._likeness(told, at, found, weights), -at) for at, found in near.items())
        best = max(scored, default=(0.0, 0))
        return best[0], -best[1]

    def add(self, told: Told, at: int) -> None:
        """Adds an entry to the claim at this place."""
        self.claims[at].members.append(told)
        self._place(told, at)

    def new(self, told: Told) -> Claim:
        """A new claim of this entry."""
        made = Claim([told])
        self._place(told, len(self.claims))
        self.claims.append(made)
        return made

    def _likeness(
        self, told: Told, at: int, found: list[tuple[float, int]], weights: Weights
    ) -> float:
        members: Iterable[Told] = self.claims[at].members
        many = len(self.claims[at].members)
        if many > LIKEST:
            found.sort(reverse=True)
            members = [self._members[k] for _, k in found[:COMPARED]]
        return likeness(told, members, weights, many=many)

    def _place(self, told: Told, at: int) -> None:
        k = len(self._members)
        self._members.append(told)
        self._of.append(at)
        if told.layer == "figures":
            value = told.value or 0.0
            if value not in self._valued:
                insort(self._values, value)
            self._valued.setdefault(value, []).append(k)
            return
        for stem in _stems(told):
            self._stems.setdefault(stem, []).append(k)

    # ---- what may tell the same ------------------------------------------------------------------

    def _near(self, told: Told, weights: Weights) -> Iterable[tuple[float, int]]:
        """Members that may tell the same, with how much they share."""
        if told.layer == "figures":
            return self._numbered(told)
        return self._worded(told, weights, SHARED if told.layer == "events" else HEADED)

    def _numbered(self, told: Told) -> Iterator[tuple[float, int]]:
        value = told.value or 0.0
        first = bisect_left(self._values, value / CLOSE)
        last = bisect_right(self._values, value * CLOSE)
        for number in self._values[first:last]:
            for k in self._valued[number]:
                yield len(told.words & self._members[k].words), k

    def _worded(self, told: Told, weights: Weights, least: float) -> list[tuple[float, int]]:
        self._weigh(weights)
        shared, masses = self._shared(told, weights), self._masses
        own = weights.mass(_stems(told))
        if told.layer == "events" and told.happened:
            return list(self._dated(ordinal(told.happened), shared, own, least))
        floor = least * least * own
        return [
            (weight / math.sqrt(own * masses[k]), k)
            for k, weight in shared.items()
            if weight * weight >= floor * masses[k]
        ]

    def _dated(
        self, day: int, shared: dict[int, float], own: float, least: float
    ) -> Iterator[tuple[float, int]]:
        """Of an event of a known day: what is of another one is left out."""
        for k, weight in shared.items():
            alike = weight / math.sqrt(own * self._masses[k])
            other = ordinal(self._members[k].happened)
            if other and abs(other - day) <= APART:
                yield alike + 0.25, k  # what a common day counts against the words
            elif not other and alike >= least:
                yield alike, k

    def _shared(self, told: Told, weights: Weights) -> dict[int, float]:
        """The weight of the stems that members share with an entry."""
        shared: dict[int, float] = {}
        for stem in _stems(told):
            weight = weights.of(stem)
            for k in self._stems.get(stem, ()):
                shared[k] = shared.get(k, 0.0) + weight
        return shared

    def _weigh(self, weights: Weights) -> None:
        if self._turn != weights.turn:
            self._masses.clear()
            self._turn = weights.turn
        new = self._members[len(self._masses) :]
        self._masses.extend(weights.mass(_stems(told)) for told in new)


def _stems(told: Told) -> frozenset[str]:
    return told.words if told.layer == "events" else told.head

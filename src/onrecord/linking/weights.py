"""How much a word tells: the less, the more entries have it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.linking.telling import Told

FRESH = 200
"""Entries after which the weights of stems are made anew, at the least; later a quarter of all:
what is made of them is made anew too."""

PRIOR = 40
"""Entries that are thought to have been seen before the first: in a small store no word is rare."""


@dataclass(slots=True)
class Weights:
    """The weights of stems, as the entries seen so far give them."""

    seen: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    turn: int = 0
    """How often the weights were made anew: what was computed in another turn is out of date."""

    _made: dict[str, float] = field(default_factory=dict)
    _masses: dict[frozenset[str], float] = field(default_factory=dict)
    _next: int = FRESH

    def add(self, told: Iterable[Told]) -> None:
        """Counts the stems of more entries."""
        for one in told:
            self.entries += 1
            self.seen.update(one.words)
        if self.entries >= self._next:
            self._made.clear()
            self._masses.clear()
            self.turn += 1
            self._next = self.entries + max(FRESH, self.entries // 4)

    def of(self, stem: str) -> float:
        """The weight of a stem, as it was in this turn."""
        made = self._made.get(stem)
        if made is None:
            made = self._made[stem] = math.log((self.entries + PRIOR) / (self.seen[stem] + 1))
        return made

    def mass(self, stems: frozenset[str]) -> float:
        """The weight of some stems together."""
        made = self._masses.get(stems)
        if made is None:
            made = self._masses[stems] = self._sum(stems)
        return made

    def _sum(self, stems: frozenset[str]) -> float:
        try:
            return sum(map(self._made.__getitem__, stems))
        except KeyError:
            return sum(map(self.of, stems))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted share of stems in common, 0 to 1."""
        common = one & other
        if not common:
            return 0.0
        masses = self.mass(one) * self.mass(other)  # which weighs each of their stems
        return sum(map(self._made.__getitem__, common)) / math.sqrt(masses)

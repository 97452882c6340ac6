"""The way through a tree from one word to another, as a few hundred classes.

A participant is often told by grammar: the subject of the event's verb, or of the verb that governs
it ("vowed to strike", "carried out a strike"). A path climbs from the event to the lowest word that
is over both, and goes down to the other word; its class is the relation of the last step up, that
of the first step down, and how deep below it the other word stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

UP = ("", "xcomp", "advcl", "conj", "acl", "ccomp", "obj", "obl", "nmod", "nsubj", "other")
DOWN = (
    "", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "compound", "appos",
    "conj", "other",
)  # fmt: skip
_SAME = {
    "iobj": "obj", "amod": "compound", "flat": "compound", "nummod": "compound", "dep": "other",
}  # fmt: skip
_LOWER = {"nmod:poss": 1, "compound": 1, "amod": 1, "appos": 1}
_INSIDE = frozenset(("det", "case", "flat", "nummod", "punct", "conj", "goeswith", "fixed", "cc"))
"""Relations inside a name or between names that share a part: no step deeper."""
_LEADING = frozenset(
    (
        "det",
        "case",
        "amod",
        "compound",
        "flat",
        "nummod",
        "punct",
        "nmod:poss",
        "nmod:desc",
        "det:predet",
    )
)
"""Relations by which a name's first words hang on the word that heads it."""
NEAR = 8
"""Words before a phrase's head among which its preposition is looked for."""
DEPTHS = 3
NO_PATH = 0
PATHS = 1 + len(UP) * len(DOWN) * DEPTHS
LONGEST = 30
"""Steps to the root; a longer way (or a ring, which unchecked trees may have) is cut there."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Heads (indices of words, -1 above a root) and relations to them, word by word. They need not
    make a tree: each word's may have been chosen by itself."""

    heads: Sequence[int]
    relations: Sequence[str]
    _over: dict[int, list[int]] = field(default_factory=dict, repr=False)
    _classes: dict[tuple[int, int], int] = field(default_factory=dict, repr=False)
    _joined: dict[int, int] = field(default_factory=dict, repr=False)

    def path(self, word: int, other: int) -> int:
        """The class of the way from ``word`` to ``other``, ``NO_PATH`` where no word is over both;
        at least 0 and less than ``PATHS``."""
        found = self._classes.get((word, other))
        if found is None:
            found = self._classes[word, other] = self._path(self._way(word), self._way(other))
        return found

    def first_joined(self, start: int) -> int:
        """Of the name that begins at a word, the word that heads it; where it is joined to others
        ("A, B and C"), that of the first of them."""
        found = self._joined.get(start)
        if found is None:
            found = self._joined[start] = self._first_joined(start)
        return found

    def _first_joined(self, at: int) -> int:
        for _ in range(LONGEST):
            head, relation = self.heads[at], self.relations[at]
            leads = relation in _LEADING and head > at
            if head < 0 or not (leads or relation.startswith("conj")):
                break
            at = head
        return at

    def markers(self, word: int) -> list[int]:
        """The prepositions of a phrase, by the word that heads it."""
        before = range(max(0, word - NEAR), word)
        return [w for w in before if self.heads[w] == word and self.relations[w] == "case"]

    def phrase_end(self, word: int, end: int) -> int:
        """Behind the last of the words right after a word that hang under it, before ``end``."""
        at = word + 1
        while at < end and word in self._way(at):
            at += 1
        return at

    def _path(self, over: list[int], below: list[int]) -> int:
        if over[-1] != below[-1]:
            return NO_PATH
        steps, top = next((k, w) for k, w in enumerate(below) if w in over)
        place = over.index(top)
        up = self.relations[over[place - 1]] if place else ""
        down = self.relations[below[steps - 1]] if steps else ""
        return _class(up, down, self._depth(below[: max(0, steps - 1)]))

    def _way(self, word: int) -> list[int]:
        """The word and all over it, nearest first."""
        found = self._over.get(word)
        if found is None:
            found, at = [], word
            while at >= 0 and len(found) < LONGEST and at not in found:
                found.append(at)
                at = self.heads[at]
            self._over[word] = found
        return found

    def _depth(self, way: list[int]) -> int:
        """0 where the way stays within a name, 1 within its possessors and modifiers, 2 beyond."""
        steps = (self.relations[w] for w in way)
        return max(
            (_LOWER.get(r, 0 if r.split(":")[0] in _INSIDE else 2) for r in steps), default=0
        )


@cache
def _class(up: str, down: str, depth: int) -> int:
    up = up.split(":")[0] if up.split(":")[0] in UP else "other"
    down = _SAME.get(down.split(":")[0], down)
    if down not in DOWN:
        down = down.split(":")[0] if down.split(":")[0] in DOWN else "other"
    return 1 + (UP.index(up) * len(DOWN) + DOWN.index(down)) * DEPTHS + depth

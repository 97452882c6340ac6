"""A long text is shown in parts, so that no page is heavy: which part, from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.record import Actor, Entry, Record
from onrecord.store import keys

LONGEST = 20_000
"""Characters of a part. A page has 11 to 17 bytes for each (300 reports, 2 to 7 thousand
characters), and is to have at most 500 KB."""


@dataclass(frozen=True, slots=True)
class Window:
    """One part of a text, numbered from 1, and the borders of all parts."""

    number: int
    borders: tuple[int, ...]

    @classmethod
    def of(cls, text: str, number: int) -> Window:
        """Part `number` of `text`; raises `StoreError` where it has fewer."""
        found = tuple(borders(text))
        if number >= len(found):
            raise StoreError(f"part {number}: the text has {len(found) - 1}")
        return cls(number, found)

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self.borders) - 1

    @property
    def start(self) -> int:
        """Where the part begins."""
        return self.borders[self.number - 1]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.borders[self.number]

    def has(self, entry: Entry) -> bool:
        """Whether an entry's first words stand in this part."""
        return self.part(entry) == self.number

    def part(self, entry: Entry) -> int:
        """The part that an entry's first words stand in."""
        return part_at(self.borders, begins(entry))


def part_at(cuts: tuple[int, ...], offset: int) -> int:
    """The number of the part that holds an offset."""
    return max(1, sum(cut <= offset for cut in cuts[:-1]))


def begins(entry: Entry) -> int:
    """Where an entry's first words stand; an actor, who has none of its own, at the start."""
    spans = [] if isinstance(entry, Actor) else keys.spans(entry)
    return min((span.start for span in spans), default=0)


def borders(text: str) -> list[int]:
    """Where the parts begin and end: between paragraphs, else between words."""
    made = [0]
    while len(text) - made[-1] > LONGEST:
        last = made[-1]
        breaks = (text.rfind(sign, last + 1, last + LONGEST) for sign in ("\n\n", "\n", " "))
        made.append(next((at for at in breaks if at > last), last + LONGEST))
    return [*made, len(text)]


def find(record: Record, key: str, of: Mapping[str, str]) -> int:
    """The part that the entry of this key stands in; the first where nothing has it."""
    cuts = tuple(borders(record.text))
    ids = [id for id, one in of.items() if one == key]
    entries = {entry.id: entry for entry in record.entries()}
    known = [entries[id] for id in ids if id in entries]
    return part_at(cuts, begins(known[0])) if known else 1

"""The record of a report: the one thing that all parts of onrecord share.

A record has the report with its exact text, then seven layers of entries in text order. Whatever an
entry holds points at words of the text (`Span`), and whatever it asserts names its voice: `author`,
or the id of the statement in whose content it stands. A `Record` checks itself when it is made,
from Python or from JSON: one that breaks the contract can't exist. The words that a field may hold
are in `onrecord.vocabulary`; what each field means is told in `docs/record.md`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from onrecord import _contract, vocabulary
from onrecord._entries import (
    Actor,
    Entry,
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Report,
    Span,
    Statement,
    Term,
    Voiced,
)
from onrecord.errors import RecordError

__all__ = [
    "Actor",
    "Entry",
    "Event",
    "Figure",
    "HeadlineClaim",
    "Position",
    "Proposal",
    "Record",
    "Report",
    "Span",
    "Statement",
    "Term",
    "Voiced",
    "one_line",
]


_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def one_line(text: str) -> str:
    """A JSON text without the rarer line ends, at which some readers would cut JSON Lines."""
    for end, escaped in _LINE_ENDS.items():
        text = text.replace(end, escaped)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One report read: the report and its seven layers.

    Raises `RecordError`, naming every fault, where a span isn't what stands in the text, a word
    isn't one of the allowed ones, or an id has no entry.
    """

    report: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    positions: tuple[Position, ...] = ()
    figures: tuple[Figure, ...] = ()
    headline: tuple[HeadlineClaim, ...] = ()
    _index: dict[str, Entry] = field(init=False, repr=False, compare=False)
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)
    _answers: dict[str, list[Statement]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {statement.id: n for n, statement in enumerate(self.statements, start=1)}
        answers: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for id in statement.about:
                answers.setdefault(id, []).append(statement)
        object.__setattr__(self, "_index", {entry.id: entry for entry in self.entries()})
        object.__setattr__(self, "_numbers", numbers)
        object.__setattr__(self, "_answers", answers)
        if faults := _contract.faults(self):
            raise RecordError("\n".join(faults))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that `to_dict` gave `data` for; fields it doesn't know are left aside."""
        return _contract.decode(cls, data)

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """The record in a JSON text; raises `RecordError` where it isn't JSON or isn't a record."""
        try:
            return cls.from_dict(json.loads(data))
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise RecordError(f"the record is no JSON: {error}") from error

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON's own types, with the contract's fields in the contract's order."""
        return dict(_contract.encode(self))

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as one JSON text, on one line unless `indent` is given."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)
        return one_line(text) if indent is None else text

    @property
    def text(self) -> str:
        """The report's text, which all offsets point into."""
        return self.report.text

    def entries(self) -> Iterator[Entry]:
        """Every entry that has an id, layer by layer, each proposal's terms after it."""
        yield from self.actors
        yield from self.statements
        yield from self.events
        for proposal in self.proposals:
            yield proposal
            yield from proposal.terms
        yield from self.positions
        yield from self.figures

    def entry(self, id: str) -> Entry:
        """The entry called `id`; raises `KeyError` where no layer has one."""
        return self._index[id]

    def actor(self, id: str) -> Actor:
        """The actor called `id`; raises `KeyError` where there is none."""
        entry = self._index[id]
        if not isinstance(entry, Actor):
            raise KeyError(id)
        return entry

    def statement(self, id: str) -> Statement:
        """The statement called `id`; raises `KeyError` where there is none."""
        entry = self._index[id]
        if not isinstance(entry, Statement):
            raise KeyError(id)
        return entry

    def number(self, id: str) -> int:
        """The statement's number in the record, from 1; raises `KeyError` where there is none."""
        return self._numbers[id]

    def names(self, ids: Iterable[str]) -> list[str]:
        """The names of these actors; what is no actor's id (a name in `to`) stays as it is."""
        entries = [(id, self._index.get(id)) for id in ids]
        return [entry.name if isinstance(entry, Actor) else id for id, entry in entries]

    def voice_of(self, entry: Voiced) -> Statement | None:
        """The statement that asserts `entry` (that holds it, for a statement); None: the report."""
        id = entry.within if isinstance(entry, Statement) else entry.voice
        return None if id is None or id == vocabulary.AUTHOR else self.statement(id)

    def voices(self, entry: Voiced) -> list[Statement]:
        """The chain of statements around `entry`, innermost first; empty for the report's own."""
        chain: list[Statement] = []
        voice = self.voice_of(entry)
        while voice is not None:
            chain.append(voice)
            voice = self.voice_of(voice)
        return chain

    def answers(self, *ids: str) -> list[Statement]:
        """The statements whose `about` names one of these entries, in text order."""
        found = {answer.id: answer for id in ids for answer in self._answers.get(id, ())}
        return sorted(found.values(), key=lambda answer: self._numbers[answer.id])

    def denials(self, entry: Voiced) -> list[Statement]:
        """The statements that deny `entry`, or a voice that tells it.

        A denial that answers what another one answers echoes that one, and doesn't deny it.
        """
        told_by = [entry.id, *(voice.id for voice in self.voices(entry))]
        denials = [answer for answer in self.answers(*told_by) if answer.act == "deny"]
        if not isinstance(entry, Statement) or entry.act != "deny":
            return denials
        return [denial for denial in denials if not set(denial.about) & set(entry.about)]

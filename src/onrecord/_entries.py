"""The entries of a record, layer by layer; `onrecord.record` is where to import them from.

An entry's `origin` is the versioned name of the rule or model that made it (None: a human
annotator); `confidence` is the probability that it is right, where the maker gives one (else None).
"""

from dataclasses import dataclass
from typing import Annotated, Self

from onrecord import vocabulary
from onrecord._contract import Ref

ActorIds = Annotated[tuple[str, ...], Ref("actor")]
EntryIds = Annotated[tuple[str, ...], Ref("entry")]
EntryId = Annotated[str | None, Ref("entry")]
StatementId = Annotated[str | None, Ref("statement")]
Voice = Annotated[str, Ref("voice")]
Spans = tuple["Span", ...]
Exchange = Annotated[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...], Ref("terms")]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into the report's text, and the words that stand there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of `text` from `start` (inclusive) to `end` (exclusive)."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was read. `text` is the stored text that all offsets of the record point into."""

    id: str
    title: str | None = None
    published: str | None = None
    """ISO 8601 date or time, as far as known."""
    publisher: str | None = None
    language: str | None = None
    """ISO 639-1 code; None where it was not looked at or the text is too short to tell."""
    warnings: tuple[str, ...] = ()
    """What a reader of the record should know about how far to trust it."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who acts, speaks, is addressed or is acted on in another entry."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: vocabulary.Kind
    of: str | None = None
    role: str | None = None
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A passage that the report lays in somebody's mouth, pen or mind."""

    id: str
    content: Spans
    cue: Span | None = None
    source: Span | None = None
    speaker: ActorIds = ()
    mode: vocabulary.Mode
    act: vocabulary.Act
    authority: vocabulary.Authority
    via: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    within: StatementId = None
    about: EntryIds = ()
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done between the parties, in one voice."""

    id: str
    type: vocabulary.EventType
    trigger: Span
    actors: ActorIds = ()
    recipients: ActorIds = ()
    where: Span | None = None
    when: Span | None = None
    voice: Voice = vocabulary.AUTHOR
    status: vocabulary.Status
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a proposal, and who would give or do it."""

    id: str
    what: Span
    topic: vocabulary.Topic
    giver: ActorIds = ()
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan, offer or demand package; `exchange` pairs terms that are each other's price."""

    id: str
    by: ActorIds = ()
    to: ActorIds = ()
    mediators: ActorIds = ()
    name: Span | None = None
    terms: tuple[Term, ...] = ()
    exchange: Exchange = ()
    voice: Voice = vocabulary.AUTHOR
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a party takes up towards a proposal, a term or an issue."""

    id: str
    by: ActorIds = ()
    stance: vocabulary.Stance
    what: Span
    topic: vocabulary.Topic
    on: EntryId = None
    voice: Voice = vocabulary.AUTHOR
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people or things that matters to the conflict or the talks."""

    id: str
    span: Span
    value: int | float
    upper: int | float | None = None
    bound: vocabulary.Bound
    what: vocabulary.Counted
    who: Span | None = None
    when: Span | None = None
    voice: Voice = vocabulary.AUTHOR
    origin: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineClaim:
    """One thing the headline asserts, and how the body bears it out."""

    claim: Span
    support: vocabulary.Support
    by: EntryIds = ()
    origin: str | None = None
    confidence: float | None = None


Entry = Actor | Statement | Event | Proposal | Term | Position | Figure
Voiced = Event | Proposal | Position | Figure | Statement

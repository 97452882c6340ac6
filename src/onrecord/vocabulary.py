"""The allowed words of a record, each set in one place.

A `Literal` lets the type checker see a misspelt word where it is written; the tuple beside it
serves the checks at run time and whoever wants to list the words.
"""

from typing import Literal, get_args

Kind = Literal["person", "group", "state", "body", "media", "people", "unnamed"]
"""What an actor is."""

Mode = Literal["direct", "indirect", "mixed"]
"""How a statement's content is quoted."""

Act = Literal[
    "assert",
    "deny",
    "confirm",
    "decline",
    "demand",
    "offer",
    "accept",
    "reject",
    "threaten",
    "accuse",
    "believe",
]
"""What a statement does."""

Authority = Literal["named", "body", "unnamed", "media", "document", "none"]
"""How the source of a statement is identified."""

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
"""The sixteen root types of PLOVER 2."""

Status = Literal["actual", "ongoing", "future", "possible", "negated", "conditional"]
"""How far an event has come about, in the voice that tells it."""

Topic = Literal[
    "ceasefire",
    "captives",
    "withdrawal",
    "aid",
    "governance",
    "elections",
    "arms",
    "security",
    "sanctions",
    "territory",
    "return",
    "justice",
    "recognition",
    "economy",
    "talks",
    "other",
]
"""What a term or a position is about."""

Stance = Literal["accepts", "rejects", "demands", "offers", "requires", "open", "silent"]
"""What a party takes up towards a proposal or an issue."""

Bound = Literal["exact", "more_than", "less_than", "about", "range"]
"""How a figure's value bounds the number meant."""

Counted = Literal[
    "killed",
    "wounded",
    "captive",
    "freed",
    "missing",
    "arrested",
    "displaced",
    "troops",
    "money",
    "duration",
    "share",
    "other",
]
"""What a figure counts."""

Support = Literal["full", "part", "disputed", "unsourced", "none"]
"""How the body of a report bears out a claim of its headline."""

AUTHOR: Literal["author"] = "author"
"""The voice of the report itself."""

KINDS: tuple[Kind, ...] = get_args(Kind)
MODES: tuple[Mode, ...] = get_args(Mode)
ACTS: tuple[Act, ...] = get_args(Act)
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
TOPICS: tuple[Topic, ...] = get_args(Topic)
STANCES: tuple[Stance, ...] = get_args(Stance)
BOUNDS: tuple[Bound, ...] = get_args(Bound)
COUNTED: tuple[Counted, ...] = get_args(Counted)
SUPPORTS: tuple[Support, ...] = get_args(Support)

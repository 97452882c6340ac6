"""What can be corrected in an entry of each layer, and how a form shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord import vocabulary
from onrecord.export import telling
from onrecord.views.decisions import words

Json = Mapping[str, Any]
Kind = Literal["word", "actors", "whom", "voice", "on", "span", "spans", "number", "line"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    kind: Kind
    label: str
    legal: tuple[str, ...] = ()
    needed: bool = True


def _word(name: str, label: str, legal: tuple[str, ...]) -> Field:
    return Field(name, "word", label, legal)


def _actors(name: str, label: str) -> Field:
    return Field(name, "actors", label, needed=False)


def _span(name: str, label: str, *, needed: bool = False) -> Field:
    return Field(name, "span", label, needed=needed)


_VOICE = Field("voice", "voice", "In whose voice")
_TOPIC = _word("topic", "Topic", vocabulary.TOPICS)
_WHEN = _span("when", "When")

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "statements": (
        _word("act", "Act", vocabulary.ACTS),
        _word("authority", "On whose word", vocabulary.AUTHORITIES),
        _actors("speaker", "Speaker"),
        Field("content", "spans", "What is said"),
        _span("source", "Source"),
        _span("cue", "Cue"),
        _word("mode", "Quoted", vocabulary.MODES),
        Field("within", "voice", "Told in", needed=False),
    ),
    "events": (
        _word("type", "Type", vocabulary.EVENT_TYPES),
        _word("status", "Status", vocabulary.STATUSES),
        _actors("actors", "Who does it"),
        _actors("recipients", "To whom"),
        _span("trigger", "Words that name it", needed=True),
        _span("where", "Where"),
        _WHEN,
        _VOICE,
    ),
    "proposals": (
        _actors("by", "Whose"),
        _actors("to", "To whom"),
        _actors("mediators", "Mediators"),
        _span("name", "Its name"),
        _VOICE,
    ),
    "terms": (
        _TOPIC,
        _span("what", "The term", needed=True),
        _actors("giver", "Who would give it"),
    ),
    "positions": (
        _word("stance", "Stance", vocabulary.STANCES),
        _TOPIC,
        _actors("by", "Whose"),
        _span("what", "Towards what", needed=True),
        Field("on", "on", "On which proposal or term", needed=False),
        _VOICE,
    ),
    "figures": (
        Field("value", "number", "Value"),
        Field("upper", "number", "Upper, of a range", needed=False),
        _word("bound", "Bound", vocabulary.BOUNDS),
        _word("what", "What is counted", vocabulary.COUNTED),
        _span("span", "The number with its noun", needed=True),
        _span("who", "Whom or what"),
        _WHEN,
        _VOICE,
    ),
    "headline": (
        _word("support", "Borne out by the text", vocabulary.SUPPORTS),
        _span("claim", "What it claims", needed=True),
    ),
    "actors": (
        Field("name", "line", "Name"),
        _word("kind", "Kind", vocabulary.KINDS),
        Field("role", "line", "Role", needed=False),
        Field("of", "whom", "Belongs to", needed=False),
    ),
}
"""The fields of a form by layer, what is corrected most first."""

Option = tuple[str, str]
"""What is sent, and what is read."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen in one record: keys, with what they stand for."""

    actors: Sequence[Option]
    voices: Sequence[Option]
    offers: Sequence[Option]

    def legal(self, kind: Kind) -> frozenset[str]:
        """The keys that a field of this kind can have."""
        rows = {"actors": self.actors, "voice": self.voices, "on": self.offers}[kind]
        own = (vocabulary.AUTHOR, "") if kind == "voice" else ("",)
        return frozenset((*own, *(key for key, _ in rows)))

    @classmethod
    def of(cls, data: Json, *, but: str) -> Options:
        """Of a record with keys for ids (`onrecord.store.decided.keyed`), without entry `but`."""
        names = {actor["id"]: actor["name"] for actor in data["actors"]}
        told = [
            (one["id"], f"{n}. {_speaks(one, names)}: {_short(words('statements', one))}")
            for n, one in enumerate(data["statements"], start=1)
            if one["id"] != but
        ]
        offers = [
            (one["id"], f"{layer}: {_short(words(layer + 's', one))}")
            for proposal in data["proposals"]
            for layer, one in (("proposal", proposal), *(("term", t) for t in proposal["terms"]))
        ]
        actors = sorted(names.items(), key=lambda item: item[1].casefold())
        return cls([one for one in actors if one[0] != but], told, offers)


def _speaks(statement: Json, names: Mapping[str, str]) -> str:
    known = telling.listed([names[id] for id in statement["speaker"] if id in names])
    source = statement["source"]
    return _short(known or (source["text"] if source else "nobody named"), 30)


def _short(text: str, limit: int = 50) -> str:
    return telling.shortened(" ".join(text.split()), limit)

"""Whole records against gold records, layer by layer: the scores of suite `gold`.

The arithmetic is that of the annotation guide's scorer. Entries are matched one to one, likest
first, by the overlap of their spans in characters; what hangs on an entry (speaker, act, parties)
counts over matched entries. Rows called `... + ...` are F1 over all entries, rows called `of
matched: ...` are shares of the matched ones. Actors are the same when a name of one is a name of
the other, or holds it whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onrecord.evaluation.matching import pairs
from onrecord.evaluation.tally import Tally

Entry = Mapping[str, Any]
Tallies = dict[str, Tally]
Names = Mapping[str, frozenset[str]]
Pairs = Sequence[tuple[Entry, Entry]]

#: Least overlap (intersection over union, in characters) of matched spans, by what is matched.
MATCHED, EXACT, SAME_VOICE, TOUCHING = 0.5, 0.9, 0.3, 0.01
#: How far apart, in characters, the triggers of one event may start.
TRIGGER_DISTANCE = 60

_ARTICLES = re.compile(r"\b(the|a|an|its|his|her|their|our)\b|'s\b")


def plain(name: str) -> str:
    """A name as it is compared: case, accents, articles, possessives, punctuation folded."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"\W+", " ", _ARTICLES.sub(" ", folded)).strip()


def overlap(one: Any, other: Any) -> float:
    """Intersection over union, in characters, of two spans, lists of spans or nulls."""
    a, b = _characters(one), _characters(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def _characters(spans: Any) -> set[int]:
    listed = spans if isinstance(spans, list) else [spans]
    return {c for span in listed if span for c in range(span["start"], span["end"])}


def same_actor(gold: Iterable[str], predicted: Iterable[str]) -> bool:
    """Whether two actors share a name, or one name holds the other's words whole."""
    return any(f" {g} " in f" {p} " or f" {p} " in f" {g} " for g in gold for p in list(predicted))


def score(gold: Entry, predicted: Entry) -> Tallies:
    """The tallies of one predicted record against its gold record, in the guide's order."""
    return _Scorer(gold, predicted).score()


class _Scorer:
    """One gold record beside one predicted record."""

    def __init__(self, gold: Entry, predicted: Entry) -> None:
        self._gold, self._predicted = gold, predicted
        self._gold_names, self._predicted_names = _names(gold), _names(predicted)
        self._tallies: Tallies = {}

    def score(self) -> Tallies:
        self._statements()
        self._denials()
        self._events()
        self._terms()
        self._positions()
        self._figures()
        self._actors()
        return self._tallies

    def _count(self, name: str, right: int, gold: int, predicted: int) -> None:
        self._tallies.setdefault(name, Tally()).add(right, gold, predicted)

    def _rows(self, size: tuple[int, int], matched: Pairs, tests: Mapping[str, _Test]) -> None:
        """Matched pairs that pass a test, over all entries of both sides."""
        for name, test in tests.items():
            self._count(name, sum(bool(test(g, p)) for g, p in matched), *size)

    def _shares(self, matched: Pairs, tests: Mapping[str, _Test]) -> None:
        """Matched pairs that pass a test, over the matched ones."""
        named = {f"of matched: {name}": test for name, test in tests.items()}
        self._rows((len(matched), len(matched)), matched, named)

    def _layer(self, name: str) -> tuple[list[Entry], list[Entry], tuple[int, int]]:
        gold, predicted = list(self._gold[name]), list(self._predicted[name])
        return gold, predicted, (len(gold), len(predicted))

    def _parties(self, *fields: str) -> _Test:
        """Whether the actors named in these fields are the same, none missing or made up."""
        return lambda g, p: all(self._same_actors(g[field], p[field]) for field in fields)

    def _same_actors(self, gold: Sequence[str], predicted: Sequence[str]) -> bool:
        wanted = [self._gold_names.get(id, {plain(id)}) for id in gold]
        found = [self._predicted_names.get(id, {plain(id)}) for id in predicted]
        return len(wanted) == len(found) == len(pairs(wanted, found, same_actor, 1.0))

    def _same_voice(self, gold: Entry, predicted: Entry) -> bool:
        one, other = _voice(self._gold, gold), _voice(self._predicted, predicted)
        if one is None or other is None:
            return one is other
        return overlap(one["content"], other["content"]) >= SAME_VOICE

    def _statements(self) -> None:
        gold, predicted, size = self._layer("statements")
        told = pairs(gold, predicted, _overlap_of("content"), MATCHED)
        exact = pairs(gold, predicted, _overlap_of("content"), EXACT)
        said_by = self._parties("speaker")
        self._count("statement", len(told), *size)
        self._count("statement exact (0.9)", len(exact), *size)
        said_so = _both(said_by, _equal("act", "authority"))
        rows = {"statement + speaker": said_by, "statement + speaker + act + authority": said_so}
        self._rows(size, told, rows)
        shares = {field: _equal(field) for field in ("mode", "act", "authority")}
        self._shares(told, {"source span": _same_source, **shares})

    def _denials(self) -> None:
        gold, predicted, _ = self._layer("statements")
        denied = [[s for s in side if s["act"] == "deny"] for side in (gold, predicted)]
        found = pairs(denied[0], denied[1], _overlap_of("content"), MATCHED)
        self._count("denial", len(found), len(denied[0]), len(denied[1]))

    def _events(self) -> None:
        gold, predicted, size = self._layer("events")
        happened = pairs(gold, predicted, _event_likeness, 1.0)
        self._count("event type at place", len(happened), *size)
        between = self._parties("actors", "recipients")
        rows = {"event + actors": self._parties("actors"), "event + actors + recipients": between}
        self._rows(size, happened, rows)
        self._shares(happened, {"event voice": self._same_voice, "event status": _equal("status")})

    def _terms(self) -> None:
        sides = [_terms(record) for record in (self._gold, self._predicted)]
        put = pairs(sides[0], sides[1], _overlap_of("what"), MATCHED)
        size = (len(sides[0]), len(sides[1]))
        self._count("term", len(put), *size)
        self._rows(size, put, {"term + proposer": self._parties("by")})
        self._shares(put, {"term topic": _equal("topic")})

    def _positions(self) -> None:
        gold, predicted, size = self._layer("positions")
        held = pairs(gold, predicted, _overlap_of("what"), MATCHED)
        self._count("position", len(held), *size)
        test = _both(self._parties("by"), _equal("stance"))
        self._rows(size, held, {"position + party + stance": test})

    def _figures(self) -> None:
        gold, predicted, size = self._layer("figures")
        counted = pairs(gold, predicted, _figure_likeness, TOUCHING)
        self._count("figure value", len(counted), *size)
        self._rows(size, counted, {"figure value + bound + what": _equal("bound", "what")})
        self._shares(counted, {"figure voice": self._same_voice})

    def _actors(self) -> None:
        sides = [list(names.values()) for names in (self._gold_names, self._predicted_names)]
        found = pairs(sides[0], sides[1], same_actor, 1.0)
        self._count("actor", len(found), len(sides[0]), len(sides[1]))


_Test = Callable[[Entry, Entry], bool]


def _names(record: Entry) -> Names:
    return {
        actor["id"]: frozenset(plain(name) for name in (actor["name"], *actor["aliases"])) - {""}
        for actor in record["actors"]
    }


def _overlap_of(field: str) -> Callable[[Entry, Entry], float]:
    return lambda g, p: overlap(g[field], p[field])


def _equal(*fields: str) -> _Test:
    return lambda g, p: all(g[field] == p[field] for field in fields)


def _both(one: _Test, other: _Test) -> _Test:
    return lambda g, p: one(g, p) and other(g, p)


def _same_source(gold: Entry, predicted: Entry) -> bool:
    one, other = gold["source"], predicted["source"]
    return bool(one == other or overlap(one, other) >= MATCHED)


def _event_likeness(gold: Entry, predicted: Entry) -> float:
    apart = abs(gold["trigger"]["start"] - predicted["trigger"]["start"])
    if gold["type"] != predicted["type"] or apart > TRIGGER_DISTANCE:
        return 0.0
    return 1.0 + overlap(gold["trigger"], predicted["trigger"])


def _figure_likeness(gold: Entry, predicted: Entry) -> float:
    if gold["value"] != predicted["value"]:
        return 0.0
    return overlap(gold["span"], predicted["span"])


def _terms(record: Entry) -> list[Entry]:
    """The terms of all proposals, each with its proposal's `by`."""
    return [{**term, "by": p["by"]} for p in record["proposals"] for term in p["terms"]]


def _voice(record: Entry, entry: Entry) -> Entry | None:
    """The statement that is an entry's voice, or None: the report's own."""
    return next((s for s in record["statements"] if s["id"] == entry["voice"]), None)

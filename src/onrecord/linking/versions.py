"""Later versions of a story: the same outlet tells it again, with some of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.linking.origins import Likeness
from onrecord.linking.words import content
from onrecord.record import Event, Figure, Position, Record, Statement

LATER = 0.2
"""Least share of the shorter text that a later version has in common with the earlier one. Of the
pairs of the streams that share so much each is one outlet's story carried on; less is background.
"""

DAYS = 14
"""Days within which a report can be a later version of another."""

SAME = 0.5
"""Least share of words in common of two entries that are one entry worded anew."""

LAYERS = ("statements", "events", "positions", "figures")


def is_version(like: Likeness, *, one_outlet: bool, days: int | None) -> bool:
    """Whether two reports are versions of one story."""
    return one_outlet and like.contained >= LATER and (days is None or days <= DAYS)


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry as the diff sees it: what it is, and its words."""

    id: str
    is_: dict[str, Any]
    quote: str
    stems: frozenset[str]
    kind: str = ""
    """What two lines with other quotes must share to be one entry: an event's type."""


def diff(earlier: Record, later: Record) -> dict[str, dict[str, list[Any]]]:
    """What the later record of a story added, dropped and changed, layer by layer.

    `added` and `dropped` hold ids and quotes; `changed` both entries' ids, and the fields that
    differ with their values before and after. Layers without a difference are left out.
    """
    made = {layer: _layer(_lines(earlier, layer), _lines(later, layer)) for layer in LAYERS}
    return {layer: found for layer, found in made.items() if any(found.values())}


def _layer(before: Sequence[_Line], after: Sequence[_Line]) -> dict[str, list[Any]]:
    pairs = dict(_pairs(before, after))
    kept = set(pairs.values())
    changed = [_change(before[i], after[k]) for i, k in sorted(pairs.items())]
    return {
        "added": [_told(line) for k, line in enumerate(after) if k not in kept],
        "dropped": [_told(line) for i, line in enumerate(before) if i not in pairs],
        "changed": [one for one in changed if one["fields"]],
    }


def _told(line: _Line) -> dict[str, str]:
    return {"id": line.id, "quote": line.quote}


def _change(one: _Line, other: _Line) -> dict[str, Any]:
    fields = {
        name: [value, other.is_[name]]
        for name, value in one.is_.items()
        if value != other.is_[name]
    }
    return {"before": one.id, "after": other.id, "quote": other.quote, "fields": fields}


def _pairs(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Which entry is which, likest first, each once."""
    scored = sorted(
        (-_share(a.stems, b.stems), i, k)
        for i, a in enumerate(before)
        for k, b in enumerate(after)
        if _share(a.stems, b.stems) >= SAME and (a.kind == b.kind or a.quote == b.quote)
    )
    left, right = set(range(len(before))), set(range(len(after)))
    for _, i, k in scored:
        if i in left and k in right:
            left.remove(i)
            right.remove(k)
            yield i, k


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _lines(record: Record, layer: str) -> list[_Line]:
    return [_line(record, entry) for entry in getattr(record, layer)]


def _line(record: Record, entry: Statement | Event | Position | Figure) -> _Line:
    match entry:
        case Statement():
            quote = " … ".join(span.text for span in entry.content)
            told: dict[str, Any] = {
                "act": entry.act,
                "authority": entry.authority,
                "by": record.names(entry.speaker),
            }
            return _Line(entry.id, told, quote, frozenset(content(quote)))
        case Event():
            told = {"type": entry.type, "status": entry.status}
            around = _around(record.text, entry.trigger.start, entry.trigger.end)
            return _Line(entry.id, told, entry.trigger.text, _unnumbered(around), entry.type)
        case Position():
            told = {"stance": entry.stance, "topic": entry.topic, "by": record.names(entry.by)}
            return _Line(entry.id, told, entry.what.text, frozenset(content(entry.what.text)))
        case Figure():
            told = {
                "value": entry.value,
                "upper": entry.upper,
                "bound": entry.bound,
                "what": entry.what,
            }
            around = _around(record.text, entry.span.start, entry.span.end)
            return _Line(entry.id, told, entry.span.text, _unnumbered(around))


def _around(text: str, start: int, end: int, reach: int = 60) -> str:
    return text[max(0, start - reach) : end + reach]


def _unnumbered(text: str) -> frozenset[str]:
    """Stems without numbers: a new toll doesn't make another entry."""
    return frozenset(stem for stem in content(text) if not stem[0].isdigit())

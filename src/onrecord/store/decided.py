"""Applies what people decided about entries to a record.

A decision names its entry by key, and holds the entry as it is to be, with keys in the place of
ids, and whatever that entry refers to (`needs`). So it can be applied to any reading of the same
text: one that lacks the entry gets it back, one that has it again without its flaw keeps it right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record import Record
from onrecord.store import keys
from onrecord.store.schema import reviews

Json = dict[str, Any]

LAYERS = ("actors", "statements", "events", "proposals", "positions", "figures", "headline")

ACTIONS = ("accept", "correct", "reject")
"""What people may decide about an entry."""

_LISTS = ("speaker", "to", "about", "actors", "recipients", "by", "mediators", "giver")
_SINGLE = ("of", "within", "voice", "on")


@dataclass(frozen=True, slots=True)
class Decision:
    """A review of one entry, that no later one has undone."""

    id: str
    action: str
    """accept, correct or reject."""
    key: str
    after: Mapping[str, Any]


def undone(connection: Connection) -> frozenset[str]:
    """The ids of the reviews that don't hold: an undo that is undone itself undoes nothing."""
    undos = connection.execute(
        select(reviews.c.id, reviews.c.target).where(reviews.c.action == "undo")
        .order_by(reviews.c.n.desc())
    )  # fmt: skip
    off: set[str] = set()
    for id, target in undos:
        if id not in off:
            off.add(target)
    return frozenset(off)


@dataclass(frozen=True, slots=True)
class Decided:
    """A record with what people decided, and the key of each of its entries by its id there.

    An entry whose words were corrected keeps the key that its first words gave it.
    """

    record: Record
    key: Mapping[str, str]


def apply(record: Record, decisions: Iterable[Decision]) -> Decided:
    """The record as people decided; itself where they decided nothing."""
    last = {decision.key: decision for decision in decisions}
    if not last:
        return Decided(record, keys.keys(record))
    data = keyed(Decided(record, keys.keys(record)))
    for decision in last.values():
        _remove(data, decision.key) if decision.action == "reject" else _place(data, decision)
    _drop_rivals(data, {key for key, one in last.items() if one.action != "reject"})
    return _named(_pruned(data), keys.keys(record))


def keyed(decided: Decided) -> Json:
    """The record as JSON with every id replaced by its key; headline claims get one too."""
    data = _renamed(decided.record.to_dict(), decided.key)
    for n, claim in enumerate(data["headline"], start=1):
        claim["id"] = decided.key[keys.claim_id(n)]
    return data


def _renamed(data: Json, names: Mapping[str, str]) -> Json:
    for layer in LAYERS:
        for entry in data[layer]:
            rename(entry, names)
    return data


def rename(entry: Json, names: Mapping[str, str]) -> Json:
    """Replaces the ids in an entry, in place; what isn't among `names` stays."""
    if "id" in entry:
        entry["id"] = names.get(entry["id"], entry["id"])
    for field in _SINGLE:
        if isinstance(entry.get(field), str):
            entry[field] = names.get(entry[field], entry[field])
    for field in _LISTS:
        if isinstance(entry.get(field), list):
            entry[field] = [names.get(id, id) for id in entry[field]]
    for term in entry.get("terms", ()):
        rename(term, names)
    if "exchange" in entry:
        entry["exchange"] = [
            [[names.get(id, id) for id in side] for side in pair] for pair in entry["exchange"]
        ]
    return entry


def find(data: Json, key: str) -> tuple[list[Json], int] | None:
    """The list that holds the entry of this key, and where in it; None where it isn't there."""
    for layer in LAYERS:
        for holder in (data[layer], *(entry.get("terms", []) for entry in data[layer])):
            for k, entry in enumerate(holder):
                if entry["id"] == key:
                    return holder, k
    return None


def _remove(data: Json, key: str) -> None:
    found = find(data, key)
    if found is None:
        return
    gone = found[0].pop(found[1])
    outer = gone.get("within") or "author"
    if key.startswith("s-"):
        for layer in LAYERS:
            for entry in data[layer]:
                if entry.get("voice") == key:
                    entry["voice"] = outer
                if entry.get("within") == key:
                    entry["within"] = gone.get("within")


def _place(data: Json, decision: Decision) -> None:
    """Sets the entry as it was decided, and adds what it needs and the reading lacks."""
    for key, needed in decision.after["needs"].items():
        if find(data, key) is None:
            data[needed["layer"]].append(_copy(needed["entry"]))
    found = find(data, decision.key)
    entry = _copy(decision.after["entry"])
    if found is not None:
        found[0][found[1]] = entry
    elif decision.after.get("parent"):
        parent = find(data, decision.after["parent"])
        if parent is not None:
            parent[0][parent[1]]["terms"].append(entry)
    else:
        data[decision.after["layer"]].append(entry)


def _copy(entry: Json) -> Json:
    return {k: (list(v) if isinstance(v, list) else v) for k, v in entry.items()}


_WORDS = {"events": "trigger", "positions": "what", "figures": "span", "headline": "claim"}


def _drop_rivals(data: Json, kept: set[str]) -> None:
    """Takes out what the reader puts where a person has decided: the same words, another border."""
    for layer in ("statements", "events", "positions", "figures", "headline"):
        decided = [_extent(layer, entry) for entry in data[layer] if entry["id"] in kept]
        rivals = [
            entry["id"]
            for entry in data[layer]
            if entry["id"] not in kept
            and any(_mostly(_extent(layer, entry), one) for one in decided)
        ]
        for key in rivals:
            _remove(data, key)


def _extent(layer: str, entry: Json) -> tuple[int, int]:
    spans = entry["content"] if layer == "statements" else [entry[_WORDS[layer]]]
    return min(span["start"] for span in spans), max(span["end"] for span in spans)


def _mostly(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two different extents share more than half of the words of both together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return one != other and 2 * shared > max(one[1], other[1]) - min(one[0], other[0])


def _pruned(data: Json) -> Json:
    """Drops references to entries that aren't there any more."""
    there = {entry["id"] for layer in LAYERS for entry in data[layer]}
    there |= {term["id"] for proposal in data["proposals"] for term in proposal["terms"]}
    actors = {actor["id"] for actor in data["actors"]}
    for layer in LAYERS:
        for entry in data[layer]:
            _prune(entry, there, actors)
            for term in entry.get("terms", ()):
                _prune(term, there, actors)
    return data


def _prune(entry: Json, there: set[str], actors: set[str]) -> None:
    for field in _LISTS:
        if field in entry and field != "to":
            legal = actors if field in ("speaker", "actors", "recipients", "mediators") else there
            entry[field] = [id for id in entry[field] if id in legal]
    if entry.get("voice", "author") not in {"author"} | there:
        entry["voice"] = "author"
    for field in ("within", "on"):
        if entry.get(field) is not None and entry[field] not in there:
            entry[field] = None
    if "exchange" in entry:
        terms = {term["id"] for term in entry["terms"]}
        entry["exchange"] = [
            pair for pair in entry["exchange"] if all(set(side) <= terms for side in pair)
        ]


def _named(data: Json, key: Mapping[str, str]) -> Decided:
    """The record with the ids that its reading has; what was added gets ids of its own."""
    names = {k: id for id, k in key.items() if not id.startswith("headline ")}
    taken = set(key)
    for layer in LAYERS:
        data[layer].sort(key=partial(_order, layer))
        for entry in data[layer] if layer != "headline" else ():
            for one in (entry, *entry.get("terms", ())):
                if one["id"] not in names:
                    names[one["id"]] = _fresh(one["id"], taken)
    claims = {keys.claim_id(n): claim.pop("id") for n, claim in enumerate(data["headline"], 1)}
    record = Record.from_dict(_renamed(data, names))
    used = {entry.id for entry in record.entries()}
    return Decided(record, {**{id: k for k, id in names.items() if id in used}, **claims})


def _order(layer: str, entry: Json) -> int:
    """Where an entry stands in its layer's text order; actors and proposals stay as they are."""
    return 0 if layer in ("actors", "proposals") else _extent(layer, entry)[0]


def _fresh(key: str, taken: set[str]) -> str:
    n = 1
    while f"{key[0]}+{n}" in taken:
        n += 1
    taken.add(f"{key[0]}+{n}")
    return f"{key[0]}+{n}"

"""Ids by identity: hashes of text, layer and spans, and of nothing else.

Two entries of a layer with the same spans (two parties reject one proposal) are told apart by
their order in the record.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.record import (
    Actor,
    Entry,
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Record,
    Span,
    Statement,
    Term,
)

LETTERS = {
    "actors": "a",
    "statements": "s",
    "events": "e",
    "proposals": "p",
    "terms": "t",
    "positions": "o",
    "figures": "f",
    "headline": "h",
}
"""What the keys of each layer begin with."""

_REPORT, _ENTRY = 20, 12
"""Hex digits of an id: at 10 million reports, two texts share one with a probability of 1e-10;
among the hundreds of entries of a report 48 bits are ample."""


def sha256(text: str) -> str:
    """The whole hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_id(text: str) -> str:
    """A report's id."""
    return f"r-{sha256(text)[:_REPORT]}"


def entry_key(layer: str, identity: str, nth: int = 0) -> str:
    """The key of the `nth` entry of a layer with this identity."""
    whole = f"{layer}|{identity}" + (f"|{nth}" if nth else "")
    return f"{LETTERS[layer]}-{sha256(whole)[:_ENTRY]}"


def keys(record: Record) -> dict[str, str]:
    """The key of every entry of a record by its id there; headline claims by `claim_id`."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[str, str] = {}
    for layer, id, entry in layered(record):
        identity = _identity(entry)
        found[id] = entry_key(layer, identity, seen[layer, identity])
        seen[layer, identity] += 1
    return found


def layered(record: Record) -> Iterator[tuple[str, str, Entry | HeadlineClaim]]:
    """Every entry with its layer and id, actors first, each proposal's terms after it."""
    for layer in ("actors", "statements", "events", "proposals", "positions", "figures"):
        for entry in getattr(record, layer):
            yield layer, entry.id, entry
            for term in entry.terms if isinstance(entry, Proposal) else ():
                yield "terms", term.id, term
    for n, claim in enumerate(record.headline, start=1):
        yield "headline", claim_id(n), claim


def claim_id(n: int) -> str:
    """What the `n`th claim of the headline is called here: in a record it has no id."""
    return f"headline {n}"


def _identity(entry: Entry | HeadlineClaim) -> str:
    if isinstance(entry, Actor):
        return f"{entry.kind}|{entry.name}"
    return " ".join(f"{span.start}-{span.end}" for span in spans(entry))


def spans(entry: Entry | HeadlineClaim) -> Sequence[Span]:
    """The words that an entry is known by; an actor has none."""
    match entry:
        case Statement():
            return entry.content
        case Event():
            return [entry.trigger]
        case Proposal():
            return [entry.name] if entry.name else [term.what for term in entry.terms]
        case Term() | Position():
            return [entry.what]
        case Figure():
            return [entry.span]
        case HeadlineClaim():
            return [entry.claim]
        case Actor():
            return []

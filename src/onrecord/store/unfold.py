"""From a record to the rows of `entries`, `actors`, `roles` and `answers`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.export import telling
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
from onrecord.store import dates, keys
from onrecord.store.names import norm

Row = dict[str, Any]

REPORT = "report"
"""The authority of what stands in the report's own voice."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The rows of one record; they refer to each other by key, and know no numbers yet."""

    actors: list[Row]
    entries: list[Row]
    """With `parent` and `voice` for keys; whatever a row refers to stands before it."""
    roles: list[Row]
    """With `entry` and `actor` for keys."""
    answers: list[Row]
    """With `entry` and `to` for keys."""


def unfold(record: Record, key: Mapping[str, str] | None = None) -> Unfolded:
    """All rows of a record; `key` has the keys of its entries where they aren't those of `keys`."""
    key = key or keys.keys(record)
    day = dates.day(record.report.published)
    proposal_of = {term.id: p for p in record.proposals for term in p.terms}
    entries: list[Row] = []
    for rank, (layer, id, entry) in enumerate(keys.layered(record)):
        if isinstance(entry, Actor):
            continue
        base = _base(record, entry, proposal_of, key)
        row = {**_BLANK, **base, **_own(entry, day), "day": day}
        entries.append({**row, "layer": layer, "local": id, "key": key[id], "rank": rank})
    return Unfolded(
        actors=[_actor(record, a, n, key) for n, a in enumerate(record.actors)],
        entries=_in_order(entries),
        roles=list(_roles(record, key, {row["key"]: row for row in entries})),
        answers=list(_answers(record, key)),
    )


_BLANK: Row = {
    "parent": None,
    "topic": "",
    "status": "",
    "value": None,
    "upper": None,
    "subject": "",
    "where_text": None,
    "when_text": None,
    "happened": "",
    "denials": 0,
    "exchange": None,
    "via": None,
    "maker": None,
    "confidence": None,
    "state": "",
}


def _in_order(entries: list[Row]) -> list[Row]:
    """Statements first, those around others before them; terms stand behind their proposal."""
    voice = {row["key"]: row["voice"] for row in entries if row["layer"] == "statements"}

    def depth(row: Row) -> int:
        if row["layer"] != "statements":
            return len(voice)
        at, steps = row["voice"], 0
        while at is not None:
            at, steps = voice[at], steps + 1
        return steps

    return sorted(entries, key=depth)


def _base(
    record: Record,
    entry: Entry | HeadlineClaim,
    proposal_of: dict[str, Proposal],
    key: Mapping[str, str],
) -> Row:
    """Where its words are, who asserts it, and how many deny it."""
    spans = keys.spans(entry)
    row: Row = {
        "begins": min((span.start for span in spans), default=0),
        "ends": max((span.end for span in spans), default=0),
        "spans": [[span.start, span.end] for span in spans],
        "quote": telling.words(spans),
        "maker": entry.origin,
        "confidence": entry.confidence,
    }
    if isinstance(entry, HeadlineClaim):
        return {**row, "voice": None, "said_by": "the headline", "authority": "headline"}
    if isinstance(entry, Term):
        proposal = proposal_of[entry.id]
        return {**row, **_voiced(record, proposal, key), "parent": key[proposal.id]}
    assert not isinstance(entry, Actor)
    if isinstance(entry, Proposal) and entry.exchange:
        row["exchange"] = [[[key[id] for id in side] for side in pair] for pair in entry.exchange]
    return {**row, **_voiced(record, entry, key)}


def _voiced(
    record: Record, entry: Statement | Event | Proposal | Position | Figure, key: Mapping[str, str]
) -> Row:
    voice = record.voice_of(entry)
    told_by = entry if isinstance(entry, Statement) else voice
    return {
        "voice": key[voice.id] if voice else None,
        "said_by": telling.who(record, told_by) if told_by else "the report itself",
        "authority": told_by.authority if told_by else REPORT,
        "denials": len(record.denials(entry)),
    }


def _own(entry: Entry | HeadlineClaim, day: str) -> Row:
    """What each layer has of its own."""
    match entry:
        case Statement():
            return {"label": entry.act, "status": entry.mode, "via": list(entry.via) or None}
        case Event():
            ahead = entry.status in ("future", "possible", "conditional")
            return {
                "label": entry.type,
                "status": entry.status,
                "where_text": entry.where and entry.where.text,
                **_when(entry.when, day, ahead=ahead),
            }
        case Proposal():
            return {"label": "proposal"}
        case Term():
            return {"label": "term", "topic": entry.topic}
        case Position():
            return {"label": entry.stance, "topic": entry.topic}
        case Figure():
            return {
                "label": entry.what,
                "status": entry.bound,
                "value": entry.value,
                "upper": entry.upper,
                "subject": norm(entry.who.text) if entry.who else "",
                **_when(entry.when, day),
            }
        case HeadlineClaim():
            return {"label": entry.support}
        case Actor():
            return {}


def _when(when: Span | None, day: str, *, ahead: bool = False) -> Row:
    words = when.text if when else None
    return {"when_text": words, "happened": dates.happened(words, day, ahead=ahead)}


def _actor(record: Record, actor: Actor, rank: int, key: Mapping[str, str]) -> Row:
    known = {one.id for one in record.actors}
    return {
        "key": key[actor.id],
        "local": actor.id,
        "rank": rank,
        "name": actor.name,
        "norm": norm(actor.name),
        "kind": actor.kind,
        "of": key[actor.of] if actor.of in known and actor.of != actor.id else None,
        "of_name": telling.belongs_to(record, actor) or None,
        "role": actor.role,
        "aliases": list(actor.aliases),
        "maker": actor.origin,
        "confidence": actor.confidence,
        "state": "",
    }


def _parts(record: Record) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Each entry's id with a role in it and the ids of those who have it."""
    for s in record.statements:
        yield s.id, "speaker", s.speaker
        yield s.id, "to", s.to
    for e in record.events:
        yield e.id, "actor", e.actors
        yield e.id, "recipient", e.recipients
    for p in record.proposals:
        yield p.id, "by", p.by
        yield p.id, "to", p.to
        yield p.id, "mediator", p.mediators
        for t in p.terms:
            yield t.id, "giver", t.giver
    for o in record.positions:
        yield o.id, "by", o.by


def _roles(record: Record, key: Mapping[str, str], rows: dict[str, Row]) -> Iterator[Row]:
    actors = {actor.id for actor in record.actors}
    for id, role, ids in _parts(record):
        row = rows[key[id]]
        for rank, actor in enumerate(dict.fromkeys(one for one in ids if one in actors)):
            yield {
                "entry": key[id],
                "role": role,
                "rank": rank,
                "actor": key[actor],
                "layer": row["layer"],
                "facet": row["topic"] or _facet(row),
                "day": row["day"],
            }


def _facet(row: Row) -> str:
    return str(row["authority"] if row["layer"] == "statements" else row["label"])


def _answers(record: Record, key: Mapping[str, str]) -> Iterator[Row]:
    actors = {actor.id for actor in record.actors}
    pairs = [(s.id, to, "about") for s in record.statements for to in s.about]
    pairs += [(o.id, o.on, "on") for o in record.positions if o.on]
    pairs += [
        (keys.claim_id(n), to, "bears") for n, h in enumerate(record.headline, 1) for to in h.by
    ]
    for id, to, kind in dict.fromkeys(pairs):
        if to not in actors and to != id:
            yield {"entry": key[id], "to": key[to], "kind": kind}

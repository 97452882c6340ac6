"""The answers as flat rows, for JSON, CSV and Parquet: one row a line, the report behind each."""

from collections.abc import Iterable
from typing import Any

from onrecord.views.disputes import Dispute
from onrecord.views.figures import Series
from onrecord.views.ledger import LedgerRow
from onrecord.views.positions import Standing
from onrecord.views.search import Hit
from onrecord.views.sources import Source, Weak
from onrecord.views.telling import Told
from onrecord.views.timeline import Happening

Row = dict[str, Any]


def words(told: Told) -> Row:
    """The words of a line, on whose word, and where they stand."""
    return {
        "quote": told.quote,
        "passage": told.passage,
        "said_by": told.said_by,
        "authority": told.authority,
        "publisher": told.publisher,
        "day": told.day or None,
        "title": told.title,
        "report": told.report,
        "entry": told.entry,
    }


def positions(found: Iterable[Standing]) -> list[Row]:
    """A row a party, topic and position, the latest of each marked."""
    return [
        {
            "party": one.party,
            "topic": one.topic,
            "stance": held.label,
            "latest": held is one.latest,
            "before": one.before or None,
            "changed": one.changed and held is one.latest,
            "denials": held.denials,
            **words(held),
        }
        for one in found
        for held in one.history
    ]


def timeline(found: Iterable[Happening]) -> list[Row]:
    """A row an event."""
    return [
        {
            "date": one.day or None,
            "dated": one.dated,
            "type": one.type,
            "status": one.status,
            "actors": list(one.actors),
            "recipients": list(one.recipients),
            "tellings": one.tellings,
            "origins": one.origins,
            "denials": one.denials,
            **words(one.best),
        }
        for one in found
    ]


def figures(found: Iterable[Series]) -> list[Row]:
    """A row a figure."""
    return [
        {
            "what": series.what,
            "who": series.who,
            "value": one.value,
            "upper": one.upper,
            "bound": one.status,
            "when": one.when,
            "as_of": one.happened or one.day or None,
            "denials": one.denials,
            **words(one),
        }
        for series in found
        for one in series.figures
    ]


def ledger(found: Iterable[LedgerRow]) -> list[Row]:
    """A row a proposal, its terms and answers as lists of objects."""
    return [
        {
            "first_day": row.first_day or None,
            "last_day": row.last_day or None,
            "by": list(row.by),
            "to": list(row.to),
            "mediators": list(row.mediators),
            "tellings": row.tellings,
            "origins": row.origins,
            "terms": [
                {
                    "topic": term.told.topic,
                    "what": term.told.quote,
                    "giver": list(term.giver),
                    "entry": term.told.entry,
                }
                for term in row.terms
            ],
            "exchange": [[list(side) for side in pair] for pair in row.exchange],
            "answers": [
                {"who": list(one.who), "stance": one.stance, **words(one.told)}
                for one in row.answers
            ],
            "superseded_by": row.superseded_by or None,
            "added": list(row.added),
            "dropped": list(row.dropped),
            **words(row.told),
        }
        for row in found
    ]


def disputes(found: Iterable[Dispute]) -> list[Row]:
    """A row a voice, on its side of a dispute."""
    rows: list[Row] = []
    for n, one in enumerate(found, start=1):
        about = {
            "dispute": n,
            "kind": one.kind,
            "claim": one.claim.quote,
            "who": list(one.who),
            "first_day": one.first_day or None,
            "last_day": one.last_day or None,
        }
        for side, voices in (("supports", one.supporters), ("denies", one.deniers)):
            rows += [
                {**about, "side": side, "value": told.value, "upper": told.upper, **words(told)}
                for told in voices
            ]
    return rows


def sources(found: Iterable[Source]) -> list[Row]:
    """A row a source, its last statement beside it."""
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "party": one.party or None,
            "statements": one.statements,
            **{f"as_{name}": one.authorities.get(name, 0) for name in _AUTHORITIES},
            **(words(one.latest) if one.latest else {}),
        }
        for one in found
    ]


_AUTHORITIES = ("named", "body", "unnamed", "media", "document", "none")


def weak(found: Iterable[Weak]) -> list[Row]:
    """A row a claim."""
    return [
        {
            "label": one.claim.label,
            "topic": one.claim.topic or None,
            "first_day": one.first_day or None,
            "last_day": one.last_day or None,
            "tellings": one.tellings,
            "origins": one.origins,
            **words(one.claim),
        }
        for one in found
    ]


def search(found: Iterable[Hit]) -> list[Row]:
    """A row a report."""
    return [
        {
            "day": hit.day or None,
            "publisher": hit.publisher,
            "title": hit.title,
            "passage": hit.passage,
            "said_by": hit.said_by,
            "authority": hit.authority,
            "begins": hit.begins,
            "ends": hit.ends,
            "report": hit.report,
            "entry": hit.entry or None,
        }
        for hit in found
    ]

"""A record as rows of a table (CSV): one row an entry, the same columns for every layer.

The rows of many records under one head make one table, ready for a spreadsheet or a data frame.
Names stand beside ids, so that a row reads by itself; lists are joined with "; ". A cell that a
spreadsheet would run as a formula gets an apostrophe before it: reports come from strangers.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from onrecord.export import telling
from onrecord.export.voices import denied_by, on_whose_word
from onrecord.record import (
    Actor,
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Record,
    Span,
    Statement,
    Term,
    Voiced,
)

COLUMNS = (
    "report",
    "published",
    "publisher",
    "layer",
    "id",
    "label",  # kind, act, event type, stance, what is counted, or verdict on the headline
    "topic",
    "who",  # actor, speaker, doer, proposer, holder of the position, or whom a figure counts
    "whom",  # addressee, recipient, or giver of a term
    "words",
    "start",
    "end",
    "spans",  # all of them, as "start-end"
    "status",  # mode, status of an event, or bound of a figure
    "value",
    "upper",
    "where",
    "when",
    "authority",
    "voice",
    "said_by",
    "denied_by",
    "refers_to",  # statement within which, entries answered, proposal taken up, terms exchanged
    "via",
    "origin",
    "confidence",
)
"""The columns, in order; offsets are characters of the report's text, ends exclusive."""

Row = dict[str, object]


def _line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["" if v is None else _safe(v) for v in values])
    return out.getvalue()


def _safe(value: object) -> object:
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value


HEAD = _line(COLUMNS)


def rows(record: Record) -> str:
    """The record's rows as CSV, without a head."""
    return "".join(_line(row.get(column) for column in COLUMNS) for row in _rows(record))


def _rows(record: Record) -> Iterator[Row]:
    report = record.report
    whence = {"report": report.id, "published": report.published, "publisher": report.publisher}
    layers: tuple[tuple[str, Iterable[Row]], ...] = (
        ("actors", (_actor(record, one) for one in record.actors)),
        ("statements", (_statement(record, one) for one in record.statements)),
        ("events", (_event(record, one) for one in record.events)),
        ("proposals", (_proposal(record, one) for one in record.proposals)),
        ("terms", (_term(record, t, p) for p in record.proposals for t in p.terms)),
        ("positions", (_position(record, one) for one in record.positions)),
        ("figures", (_figure(record, one) for one in record.figures)),
        ("headline", (_claim(one, n) for n, one in enumerate(record.headline, start=1))),
    )
    for layer, entries in layers:
        for row in entries:
            yield {**whence, "layer": layer, **row}


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _at(spans: Sequence[Span]) -> Row:
    if not spans:
        return {}
    return {
        "words": telling.words(spans),
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
        "spans": _joined(f"{span.start}-{span.end}" for span in spans),
    }


def _made(entry: Actor | Statement | Event | Proposal | Term | Position | Figure) -> Row:
    return {"id": entry.id, "origin": entry.origin, "confidence": entry.confidence}


def _voiced(record: Record, entry: Voiced) -> Row:
    voice = record.voice_of(entry)
    return {
        "voice": "author" if voice is None else voice.id,
        "said_by": on_whose_word(record, entry),
        "authority": None if voice is None else voice.authority,
        "denied_by": _joined(denied_by(record, entry)),
    }


def _actor(record: Record, actor: Actor) -> Row:
    also = _joined(actor.aliases)
    belongs = telling.belongs_to(record, actor)
    row: Row = {"label": actor.kind, "who": actor.name, "whom": belongs, "words": also}
    return {**_made(actor), **row, "status": actor.role}


def _statement(record: Record, statement: Statement) -> Row:
    about = (*([statement.within] if statement.within else []), *statement.about)
    return {
        **_made(statement),
        **_at(statement.content),
        **_voiced(record, statement),
        "label": statement.act,
        "who": telling.who(record, statement),
        "whom": _joined(record.names(statement.to)),
        "status": statement.mode,
        "authority": statement.authority,
        "refers_to": _joined(about),
        "via": _joined(statement.via),
    }


def _event(record: Record, event: Event) -> Row:
    return {
        **_made(event),
        **_at([event.trigger]),
        **_voiced(record, event),
        "label": event.type,
        "who": _joined(record.names(event.actors)),
        "whom": _joined(record.names(event.recipients)),
        "status": event.status,
        "where": event.where and event.where.text,
        "when": event.when and event.when.text,
    }


def _proposal(record: Record, proposal: Proposal) -> Row:
    prices = (f"{'+'.join(given)}<>{'+'.join(taken)}" for given, taken in proposal.exchange)
    return {
        **_made(proposal),
        **_at([proposal.name] if proposal.name else []),
        **_voiced(record, proposal),
        "label": "proposal",
        "who": _joined(record.names(proposal.by)),
        "whom": _joined(record.names(proposal.to)),
        "refers_to": _joined(prices),
        "via": _joined(record.names(proposal.mediators)),
    }


def _term(record: Record, term: Term, proposal: Proposal) -> Row:
    return {
        **_voiced(record, proposal),
        **_made(term),
        **_at([term.what]),
        "label": "term",
        "topic": term.topic,
        "who": _joined(record.names(proposal.by)),
        "whom": _joined(record.names(term.giver)),
        "refers_to": proposal.id,
    }


def _position(record: Record, position: Position) -> Row:
    return {
        **_made(position),
        **_at([position.what]),
        **_voiced(record, position),
        "label": position.stance,
        "topic": position.topic,
        "who": _joined(record.names(position.by)),
        "refers_to": position.on,
    }


def _figure(record: Record, figure: Figure) -> Row:
    return {
        **_made(figure),
        **_at([figure.span]),
        **_voiced(record, figure),
        "label": figure.what,
        "who": figure.who and figure.who.text,
        "status": figure.bound,
        "value": figure.value,
        "upper": figure.upper,
        "when": figure.when and figure.when.text,
    }


def _claim(claim: HeadlineClaim, n: int) -> Row:
    return {
        **_at([claim.claim]),
        "id": f"h{n}",
        "label": claim.support,
        "refers_to": _joined(claim.by),
        "origin": claim.origin,
        "confidence": claim.confidence,
    }

"""From the drafts of every layer to the record's entries."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.reading import events as event_layer
from onrecord.reading import figures as figure_layer
from onrecord.reading import headline as headline_layer
from onrecord.reading import positions as position_layer
from onrecord.reading import statements as statement_layer
from onrecord.reading.actors import actors, named
from onrecord.reading.analysis import Analysis
from onrecord.reading.answers import resolve_answers
from onrecord.reading.cast import Cluster, cast_of
from onrecord.reading.decoding import Range
from onrecord.reading.drafts import Draft
from onrecord.reading.statements import innermost
from onrecord.record import (
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Record,
    Report,
    Span,
    Statement,
    Term,
)
from onrecord.vocabulary import AUTHOR


def record_of(analysis: Analysis, report: Report) -> Record:
    """Every layer of the record, from what the model saw."""
    text = analysis.text
    if not analysis.words:
        return Record(report=report)
    end = headline_layer.headline_end(text, report.title)
    cast = cast_of(analysis)
    drafts = [d for d in statement_layer.statements(analysis, cast) if d.content[0][0] >= end]
    for k, draft in enumerate(drafts, 1):
        draft.id = f"s{k}"
    resolve_answers(drafts, text)
    happened = event_layer.events(analysis, cast, after=end)
    held = position_layer.positions(analysis, cast, after=end)
    put = position_layer.proposals(analysis, cast, after=end)
    counted = [f for f in figure_layer.figures(analysis) if f.span[0] >= end]
    used = [c for d in drafts for c in (*d.speakers, *d.to)]
    used += [c for e in happened for c in (*e.actors, *e.recipients)]
    used += [c for p in held for c in p.by]
    used += [c for p in put for c in p.by] + [c for p in put for t in p.terms for c in t.giver]
    used += named(cast)
    made_actors = actors(analysis, cast, [id(c) for c in used])
    made_statements = [_statement(text, d) for d in drafts]
    made_events = [_event(text, k, e, drafts) for k, e in enumerate(happened, 1)]
    made_proposals = [_proposal(text, k, p, drafts) for k, p in enumerate(put, 1)]
    claims = headline_layer.claims(text, end, made_statements, made_events) if end else []
    return Record(
        report=report,
        actors=tuple(made_actors),
        statements=tuple(made_statements),
        events=tuple(made_events),
        proposals=tuple(made_proposals),
        positions=tuple(
            _position(text, k, p, drafts, made_proposals) for k, p in enumerate(held, 1)
        ),
        figures=tuple(_figure(text, k, f, drafts) for k, f in enumerate(counted, 1)),
        headline=tuple(
            HeadlineClaim(
                claim=_span(text, c.span),
                support=c.support,
                by=c.by,
                origin=headline_layer.ORIGIN,
            )
            for c in claims
        ),
    )


def _span(text: str, where: Range) -> Span:
    return Span(where[0], where[1], text[where[0] : where[1]])


def _maybe(text: str, where: Range | None) -> Span | None:
    return None if where is None else _span(text, where)


def _ids(clusters: Iterable[Cluster]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.id for c in clusters))


def _voice(drafts: list[Draft], where: Range) -> str:
    found = innermost(drafts, *where)
    return found.id if found else AUTHOR


def _statement(text: str, d: Draft) -> Statement:
    return Statement(
        id=d.id,
        content=tuple(_span(text, c) for c in d.content),
        cue=_maybe(text, d.cue),
        source=_maybe(text, d.source),
        speaker=_ids(d.speakers),
        mode=d.mode,
        act=d.act,
        authority=d.authority,
        via=tuple(dict.fromkeys(d.via)),
        to=_ids(d.to),
        within=d.within.id if d.within else None,
        about=tuple(d.about),
        origin=statement_layer.ORIGIN,
        confidence=d.confidence,
    )


def _event(text: str, k: int, e: event_layer.DraftEvent, drafts: list[Draft]) -> Event:
    return Event(
        id=f"e{k}",
        type=e.type,
        trigger=_span(text, e.trigger),
        actors=_ids(e.actors),
        recipients=_ids(e.recipients),
        where=_maybe(text, e.where),
        when=_maybe(text, e.when),
        voice=_voice(drafts, e.trigger),
        status=e.status,
        origin=event_layer.ORIGIN,
        confidence=e.confidence,
    )


def _proposal(text: str, k: int, p: position_layer.DraftProposal, drafts: list[Draft]) -> Proposal:
    for n, term in enumerate(p.terms, 1):
        term.id = f"p{k}.t{n}"
    terms = tuple(
        Term(
            id=t.id, what=_span(text, t.what), topic=t.topic, giver=_ids(t.giver),
            origin=position_layer.TERM_ORIGIN, confidence=t.confidence,
        )
        for t in p.terms
    )  # fmt: skip
    return Proposal(
        id=f"p{k}",
        by=_ids(p.by),
        name=_maybe(text, p.name),
        terms=terms,
        exchange=tuple((_term_ids(give), _term_ids(take)) for give, take in p.exchange),
        voice=_voice(drafts, p.terms[0].what),
        origin=position_layer.TERM_ORIGIN,
        confidence=min(t.confidence for t in p.terms),
    )


def _term_ids(terms: list[position_layer.DraftTerm]) -> tuple[str, ...]:
    return tuple(t.id for t in terms)


def _position(
    text: str,
    k: int,
    p: position_layer.DraftPosition,
    drafts: list[Draft],
    proposals: list[Proposal],
) -> Position:
    return Position(
        id=f"o{k}",
        by=_ids(p.by),
        stance=p.stance,
        what=_span(text, p.what),
        topic=p.topic,
        on=_on(p.what, proposals),
        voice=_voice(drafts, p.what),
        origin=position_layer.ORIGIN,
        confidence=p.confidence,
    )


def _on(what: Range, proposals: list[Proposal]) -> str | None:
    """The term that a position's words are, or the proposal that they name."""
    for proposal in proposals:
        for term in proposal.terms:
            if term.what.start < what[1] and what[0] < term.what.end:
                return term.id
        name = proposal.name
        if name is not None and name.start < what[1] and what[0] < name.end:
            return proposal.id
    return None


def _figure(text: str, k: int, f: figure_layer.DraftFigure, drafts: list[Draft]) -> Figure:
    return Figure(
        id=f"f{k}",
        span=_span(text, f.span),
        value=f.number.value,
        upper=f.number.upper,
        bound=f.number.bound,
        what=f.what,
        who=_maybe(text, f.who),
        when=_maybe(text, f.when),
        voice=_voice(drafts, f.span),
        origin=figure_layer.ORIGIN,
        confidence=f.confidence,
    )

"""What a record tells, taken from the record itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.linking.telling import Surroundings, Told, canonical
from onrecord.record import Event, Figure, Position, Proposal, Record, Span, Statement, Term
from onrecord.store.dates import day, happened

Entry = Event | Figure | Position | Term | Statement


def told(record: Record, *, origin: str | None = None) -> list[Told]:
    """Every event, figure, position, term and denied statement of a record, layer by layer."""
    return list(_Teller(record, origin or record.report.id, day(record.report.published)).all())


@dataclass(frozen=True, slots=True)
class _Teller:
    record: Record
    origin: str
    day: str

    def all(self) -> Iterator[Told]:
        for event in self.record.events:
            yield self._told(event, "events", event.type, event.trigger, status=event.status)
        for figure in self.record.figures:
            yield self._told(figure, "figures", figure.what, figure.span, status=figure.bound)
        for position in self.record.positions:
            yield self._told(position, "positions", position.stance, position.what)
        for proposal in self.record.proposals:
            for term in proposal.terms:
                yield self._told(term, "terms", "term", term.what, proposal=proposal)
        for statement in self.record.statements:
            if statement.act != "deny" and self.record.denials(statement):
                yield self._told(statement, "statements", statement.act, statement.content[0])

    def _told(
        self,
        entry: Entry,
        layer: str,
        label: str,
        span: Span,
        *,
        status: str = "",
        proposal: Proposal | None = None,
    ) -> Told:
        voiced = proposal if isinstance(entry, Term) and proposal else entry
        assert not isinstance(voiced, Term)
        around = Surroundings.of(self.record.text, span.start, span.end)
        voice = entry if isinstance(entry, Statement) else self.record.voice_of(voiced)
        return Told(
            id=entry.id,
            report=self.record.report.id,
            origin=self.origin,
            layer=layer,
            label=label,
            topic=getattr(entry, "topic", ""),
            status=status,
            day=self.day,
            happened=self._happened(entry) or around.day(self.day),
            deed=around.deed() if layer == "events" else "",
            doers=self._names(_doers(entry, proposal)) or around.doers(),
            others=self._names(entry.recipients if isinstance(entry, Event) else ()) or around.others(),
            head=frozenset(Surroundings("", span.text, "").words()),
            words=around.words(),
            value=entry.value if isinstance(entry, Figure) else None,
            upper=entry.upper if isinstance(entry, Figure) else None,
            voice=self._voice(voice),
            authority=voice.authority if voice else "report",
            denied_by=tuple((d.id, self._voice(d), d.authority) for d in self.record.denials(voiced)),
        )

    def _happened(self, entry: Entry) -> str:
        when = entry.when if isinstance(entry, Event | Figure) else None
        return happened(when.text, self.day) if when else ""

    def _names(self, ids: Sequence[str]) -> frozenset[str]:
        return frozenset(canonical(name) for name in self.record.names(ids))

    def _voice(self, voice: Statement | None) -> str:
        if voice is None:
            return ""
        names = self._names(voice.speaker)
        return " ".join(sorted(names)) or (voice.source.text if voice.source else "somebody")


def _doers(entry: Entry, proposal: Proposal | None) -> Sequence[str]:
    match entry:
        case Event():
            return entry.actors
        case Position():
            return entry.by
        case Term():
            return entry.giver or (proposal.by if proposal else ())
        case Statement():
            return entry.speaker
        case Figure():
            return ()

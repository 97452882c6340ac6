"""What a record tells, taken from the record itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.linking.telling import Denial, Surroundings, Told, canonical, names_in
from onrecord.linking.words import content
from onrecord.record import Event, Figure, Position, Proposal, Record, Span, Statement, Term
from onrecord.store.dates import day, happened

Entry = Event | Figure | Position | Proposal | Term | Statement


def told(
    record: Record, *, report: str | None = None, names: Mapping[str, str] | None = None
) -> list[Told]:
    """Every event, figure, position, proposal, term and denied statement of a record, by layer.

    `report` and `names` say what the report and its entries are called, where not by their ids.
    """
    called = report or record.report.id
    denied = any(statement.act == "deny" for statement in record.statements)
    return list(_Teller(record, called, names or {}, day(record.report.published), denied).all())


@dataclass(frozen=True, slots=True)
class _Teller:
    record: Record
    report: str
    names: Mapping[str, str]
    day: str
    denied: bool
    """Whether anything in the record is denied."""
    _known: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    """Names, made one, by ids of actors."""

    def all(self) -> Iterator[Told]:
        for event in self.record.events:
            yield self._told(event, "events", event.type, event.trigger, status=event.status)
        for figure in self.record.figures:
            yield self._told(figure, "figures", figure.what, figure.span, status=figure.bound)
        for position in self.record.positions:
            yield self._told(position, "positions", position.stance, position.what)
        for proposal in self.record.proposals:
            if spans := [*filter(None, [proposal.name]), *(term.what for term in proposal.terms)]:
                words = " ".join(span.text for span in spans)
                yield self._told(proposal, "proposals", "proposal", spans[0], head=words)
            for term in proposal.terms:
                yield self._told(term, "terms", "term", term.what, proposal=proposal)
        for statement in self.record.statements:
            if statement.act != "deny" and self._denied_alone(statement):
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
        head: str = "",
    ) -> Told:
        voiced = proposal if isinstance(entry, Term) and proposal else entry
        assert not isinstance(voiced, Term)
        around = Surroundings.of(self.record.text, span.start, span.end)
        voice = entry if isinstance(entry, Statement) else self.record.voice_of(voiced)
        return Told(
            id=self._id(entry),
            report=self.report,
            layer=layer,
            label=label,
            topic=getattr(entry, "topic", ""),
            status=status,
            day=self.day,
            happened=self._happened(entry) or around.day(self.day),
            deed=around.deed() if layer == "events" else "",
            doers=self._names(_doers(entry, proposal)) | around.doers(),
            others=self._names(entry.recipients if isinstance(entry, Event) else ())
            | around.others(),
            head=frozenset(content(head or span.text)),
            words=around.words(),
            value=entry.value if isinstance(entry, Figure) else None,
            upper=entry.upper if isinstance(entry, Figure) else None,
            voice=self._voice(voice),
            authority=voice.authority if voice else "report",
            denied_by=tuple(self._denial(d) for d in self._denials(voiced, around)),
        )

    def _id(self, entry: Entry) -> str:
        return self.names.get(entry.id, entry.id)

    def _denied_alone(self, statement: Statement) -> bool:
        """Whether it is denied, and holds no event of which that could be told instead."""
        if not self.denied or not self.record.denials(statement):
            return False
        return all(event.voice != statement.id for event in self.record.events)

    def _denials(
        self, entry: Event | Figure | Position | Proposal | Statement, around: Surroundings
    ) -> list[Statement]:
        """Who denies an entry; a figure only where it is meant itself, not all its voice says.

        Nor is anything denied with its voice where the denial is plainly of something else.
        """
        found = self.record.denials(entry) if self.denied else []
        if isinstance(entry, Figure):
            return [d for d in found if entry.id in d.about]
        meant = not isinstance(entry, Statement)
        return [
            d for d in found if (meant and entry.id in d.about) or self._concerns(d, entry, around)
        ]

    def _concerns(
        self,
        denial: Statement,
        entry: Event | Position | Proposal | Statement,
        around: Surroundings,
    ) -> bool:
        """Whether a denial shares a word with an entry besides names, and names no other day."""
        said = Surroundings("", " ".join(span.text for span in denial.content), "")
        words, day = frozenset(content(_nameless(said.own))), said.day(self.day)
        told = around.words() if isinstance(entry, Event) else frozenset(content(around.own))
        if words and words.isdisjoint(told):
            return False
        return not day or day == (self._happened(entry) or around.day(self.day))

    def _denial(self, statement: Statement) -> Denial:
        return Denial(self._id(statement), self._voice(statement), statement.authority)

    def _happened(self, entry: Entry) -> str:
        when = entry.when if isinstance(entry, Event | Figure) else None
        return happened(when.text, self.day) if when else ""

    def _names(self, ids: Sequence[str]) -> frozenset[str]:
        key = tuple(ids)
        if key not in self._known:
            names = self.record.names(ids)
            self._known[key] = names_in(" ; ".join(names)) or frozenset(map(canonical, names))
        return self._known[key]

    def _voice(self, voice: Statement | None) -> str:
        if voice is None:
            return ""
        names = self._names(voice.speaker)
        return " ".join(sorted(names)) or (voice.source.text if voice.source else "somebody")


def _nameless(words: str) -> str:
    """Words without those in capitals."""
    return " ".join(word for word in words.split() if not word[:1].isupper())


def _doers(entry: Entry, proposal: Proposal | None) -> Sequence[str]:
    match entry:
        case Event():
            return entry.actors
        case Position():
            return entry.by
        case Term():
            return entry.giver or (proposal.by if proposal else ())
        case Proposal():
            return entry.by
        case Statement():
            return entry.speaker
        case Figure():
            return ()

"""A record as brat standoff (`.ann`), beside a `.txt` with the report's exact text.

Statements are laid out as PolNeAR has them: an `Attribution` event on the cue with its `Content`
and `Source`. Where no cue stands, the event is on the content. Other layers are text-bound entities
with their labels as attributes; what has no words of its own goes into notes.
"""

import re
from collections.abc import Iterable, Sequence

from onrecord.export import telling
from onrecord.record import Record, Span, Statement

_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNBROKEN = re.compile(rf"(?! )[^{_BREAKS.pattern[1:-1]}]+(?<! )")


class _Lines:
    """The lines of an `.ann` file, with brat's running numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.last = dict.fromkeys("TEARN#", 0)

    def add(self, kind: str, rest: str) -> str:
        self.last[kind] += 1
        id = f"{kind}{self.last[kind]}"
        self.lines.append(f"{id}\t{rest}")
        return id

    def words(self, label: str, spans: Sequence[Span]) -> str:
        """A text-bound annotation; brat wants its fragments cut at line ends."""
        pieces = [piece for span in spans for piece in _by_line(self.text, span)]
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = _BREAKS.sub(" ", " ".join(self.text[start:end] for start, end in pieces))
        return self.add("T", f"{label} {offsets}\t{words}")

    def marks(self, target: str, marks: Iterable[tuple[str, str | None]]) -> None:
        for name, value in marks:
            if value:
                self.add("A", f"{name} {target} {value}")

    def note(self, target: str, note: str) -> None:
        self.add("#", f"AnnotatorNotes {target}\t{' '.join(note.split())}")


def _by_line(text: str, span: Span) -> list[tuple[int, int]]:
    """The parts of a span between line ends and tabs, which a line of an `.ann` can't hold."""
    found = _UNBROKEN.finditer(text, span.start, span.end)
    return [match.span() for match in found] or [(span.start, span.end)]


def render(record: Record) -> str:
    """The record's `.ann` file."""
    lines = _Lines(record.text)
    events = {one.id: _statement(lines, record, one) for one in record.statements}
    _answers(lines, record, events)
    _events(lines, record)
    _proposals(lines, record)
    _positions(lines, record)
    _figures(lines, record)
    _headline(lines, record)
    return "".join(f"{line}\n" for line in lines.lines)


def _statement(lines: _Lines, record: Record, one: Statement) -> str:
    content = lines.words("Content", one.content)
    roles = [f"Content:{content}"]
    if one.source is not None:
        roles.append(f"Source:{lines.words('Source', [one.source])}")
    if one.cue is not None:
        roles.append(f"Cue:{lines.words('Cue', [one.cue])}")
    trigger = lines.words("Attribution", one.content if one.cue is None else [one.cue])
    event = lines.add("E", " ".join([f"Attribution:{trigger}", *roles]))
    labels = (("Act", one.act), ("Authority", one.authority), ("Mode", one.mode))
    lines.marks(event, labels)
    via = f"; via {', '.join(one.via)}" if one.via else ""
    lines.note(event, f"{one.id}: {telling.who(record, one)}{via}")
    return event


def _answers(lines: _Lines, record: Record, events: dict[str, str]) -> None:
    for one in record.statements:
        pairs = [("Within", one.within), *(("About", id) for id in one.about)]
        for label, id in pairs:
            if id in events:
                lines.add("R", f"{label} Arg1:{events[one.id]} Arg2:{events[id]}")


def _names(record: Record, ids: Iterable[str]) -> str:
    return ", ".join(record.names(ids)) or "-"


def _events(lines: _Lines, record: Record) -> None:
    for one in record.events:
        target = lines.words(one.type, [one.trigger])
        lines.marks(target, [("Status", one.status)])
        sides = f"{_names(record, one.actors)} > {_names(record, one.recipients)}"
        lines.note(target, f"{one.id}: {sides}; voice {one.voice}")


def _proposals(lines: _Lines, record: Record) -> None:
    for one in record.proposals:
        about = f"{one.id}: {telling.offer(record, one)}; voice {one.voice}"
        if one.name is not None:
            lines.note(lines.words("Proposal", [one.name]), about)
        terms = {term.id: lines.words("Term", [term.what]) for term in one.terms}
        for term in one.terms:
            lines.marks(terms[term.id], [("Topic", term.topic)])
            giver = f"given by {_names(record, term.giver)}"
            lines.note(terms[term.id], f"{term.id}: {giver}; {about}")
        for given, taken in one.exchange:
            for a, b in ((a, b) for a in given for b in taken):
                if a in terms and b in terms:
                    lines.add("R", f"Price Arg1:{terms[a]} Arg2:{terms[b]}")


def _positions(lines: _Lines, record: Record) -> None:
    for one in record.positions:
        target = lines.words("Position", [one.what])
        lines.marks(target, [("Stance", one.stance), ("Topic", one.topic)])
        on = f"; on {one.on}" if one.on else ""
        lines.note(target, f"{one.id}: {_names(record, one.by)}{on}; voice {one.voice}")


def _figures(lines: _Lines, record: Record) -> None:
    for one in record.figures:
        target = lines.words("Figure", [one.span])
        lines.marks(target, [("Counted", one.what), ("Bound", one.bound)])
        lines.note(target, f"{one.id}: {telling.amount(one)}; voice {one.voice}")


def _headline(lines: _Lines, record: Record) -> None:
    for one in record.headline:
        target = lines.words("Claim", [one.claim])
        lines.marks(target, [("Support", one.support)])
        lines.note(target, f"borne on by {', '.join(one.by) or 'nothing'}")

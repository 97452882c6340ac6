"""The report's text with the words of every entry marked.

Spans nest, overlap and break, so the text is cut wherever one begins or ends; each piece says in
`data-e` which entries hold it, and looks like the innermost statement around it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.export.page.markup import Markup, escape, join, tag
from onrecord.record import Record, Span, Statement

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
"""A run of lines without an empty one between them."""


MENTIONS = 200_000_000
"""Names times characters beyond which names aren't looked up: it would take minutes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that belongs to an entry: `part` is content, cue, source or words."""

    start: int
    end: int
    id: str
    part: str


def marked(
    record: Record, *, start: int = 0, end: int | None = None
) -> tuple[Markup | None, Markup]:
    """The headline, where the text begins with one, and the paragraphs after it.

    Of a long text, the part from `start` to `end` alone.
    """
    end = len(record.text) if end is None else end
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(record.text, start, end)]
    pieces = _Pieces(record, start, end)
    headline = None
    if start == 0 and paragraphs and _is_headline(record, *paragraphs[0]):
        headline = tag("h1", pieces.between(*paragraphs.pop(0)), dir="auto")
    body = join(*(tag("p", pieces.between(*at), dir="auto") for at in paragraphs))
    return headline, body


def _is_headline(record: Record, start: int, end: int) -> bool:
    """Whether the first paragraph is the title, or what the headline layer speaks of."""
    title = " ".join((record.report.title or "").split())
    claimed = any(claim.claim.start < end for claim in record.headline)
    return claimed or (title != "" and " ".join(record.text[start:end].split()) == title)


def marks(record: Record, *, start: int = 0, end: int | None = None) -> Iterator[Mark]:
    """Every mark of the record, layer by layer; names from `start` to `end` alone."""
    for n, claim in enumerate(record.headline, start=1):
        yield from _words(f"h{n}", claim.claim)
    for statement in record.statements:
        yield from _words(statement.id, *statement.content, part="content")
        yield from _words(statement.id, statement.cue, part="cue")
        yield from _words(statement.id, statement.source, part="source")
    for event in record.events:
        yield from _words(event.id, event.trigger, event.where, event.when)
    for proposal in record.proposals:
        yield from _words(proposal.id, proposal.name, *(term.what for term in proposal.terms))
        for term in proposal.terms:
            yield from _words(term.id, term.what)
    for position in record.positions:
        yield from _words(position.id, position.what)
    for figure in record.figures:
        yield from _words(figure.id, figure.span, figure.when)
    yield from _mentions(record, start, len(record.text) if end is None else end)


def _words(id: str, *spans: Span | None, part: str = "words") -> Iterator[Mark]:
    for span in spans:
        if span is not None:
            yield Mark(span.start, span.end, id, part)


def _mentions(record: Record, start: int, end: int) -> Iterator[Mark]:
    """Where the actors' names and other names stand, longest first, none inside another."""
    names = {name: actor.id for actor in record.actors for name in (*actor.aliases, actor.name)}
    if not names or len(names) * (end - start) > MENTIONS:
        return
    longest = sorted((name for name in names if name.strip()), key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"
    for match in re.compile(pattern).finditer(record.text, start, end):
        yield Mark(match.start(), match.end(), names[match.group()], "name")


class _Pieces:
    """The text cut at every border of a mark."""

    def __init__(self, record: Record, start: int, end: int) -> None:
        self.text = record.text
        found = (one for one in marks(record, start=start, end=end) if one.end > start)
        self.marks = sorted(found, key=lambda mark: mark.start)
        self.statements = {statement.id: statement for statement in record.statements}
        self.number = record.number
        self.verdicts = {f"h{n}": c.support for n, c in enumerate(record.headline, start=1)}
        self.begun: set[str] = set()
        self.open: list[Mark] = []
        self.coming = 0

    def between(self, start: int, end: int) -> Markup:
        """The text from `start` to `end` as marked pieces; wants to be asked in text order."""
        while self.coming < len(self.marks) and self.marks[self.coming].start < end:
            self.open.append(self.marks[self.coming])
            self.coming += 1
        inside = [mark for mark in self.open if mark.end > start]
        self.open = [mark for mark in inside if mark.end > end]
        borders = {start, end}
        for mark in inside:
            borders |= {max(mark.start, start), min(mark.end, end)}
        cuts = sorted(borders)
        return join(*self._pieces(cuts, inside))

    def _pieces(self, cuts: list[int], inside: list[Mark]) -> Iterator[Markup]:
        held: list[Mark] = []
        ahead = iter([*inside, None])
        coming = next(ahead)
        for start, end in pairwise(cuts):
            held = [mark for mark in held if mark.end > start]
            while coming is not None and coming.start <= start:
                held.append(coming)
                coming = next(ahead)
            held = [mark for mark in held if mark.end > start]
            yield self._piece(self.text[start:end], held)

    def _piece(self, words: str, held: list[Mark]) -> Markup:
        if not held:
            return escape(words)
        told = [mark for mark in held if mark.part == "content"]
        kinds = [*self._looks(told), *dict.fromkeys(m.part for m in held if m.part != "content")]
        verdicts = [f"claim {self.verdicts[mark.id]}" for mark in held if mark.id in self.verdicts]
        return tag(
            "span",
            words,
            class_=" ".join([*kinds, *verdicts]),
            data_e=" ".join(dict.fromkeys(mark.id for mark in self._inner_first(held))),
            data_n=" ".join(self._begins(told)) or None,
        )

    def _looks(self, told: list[Mark]) -> list[str]:
        if not told:
            return []
        return ["said", self._innermost(told).authority]

    def _innermost(self, told: list[Mark]) -> Statement:
        shortest = min(told, key=lambda mark: mark.end - mark.start)
        return self.statements[shortest.id]

    def _inner_first(self, held: list[Mark]) -> Iterable[Mark]:
        return sorted(held, key=lambda mark: (mark.part == "name", mark.end - mark.start))

    def _begins(self, told: list[Mark]) -> Iterator[str]:
        """The numbers of the statements whose first words these are."""
        for mark in sorted(told, key=lambda mark: self.number(mark.id)):
            if mark.id not in self.begun:
                self.begun.add(mark.id)
                yield str(self.number(mark.id))

"""Records out of thin air, for properties that must hold of all of them."""

from typing import Any

from hypothesis import strategies as st

from onrecord import vocabulary
from onrecord.record import (
    Actor,
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

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120)
"""Any characters that can stand in a file: controls, quotation marks, right-to-left, emoji."""


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span.of(text, start, draw(st.integers(start + 1, len(text))))


def _several(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Record:
    """A record with one to three entries a layer, whose spans and ids are right."""
    words = draw(text)
    made = _Maker(draw, words)
    actors = tuple(made.actor(n) for n in made.few())
    made.actors = [actor.id for actor in actors]
    statements: list[Statement] = []
    for n in made.few():
        statements.append(made.statement(n, statements))
    made.voices = ["author", *(statement.id for statement in statements)]
    proposals = tuple(made.proposal(n) for n in made.few())
    taken = [statement.id for statement in statements] + [proposal.id for proposal in proposals]
    return Record(
        report=made.report(),
        actors=actors,
        statements=tuple(statements),
        events=tuple(made.event(n) for n in made.few()),
        proposals=proposals,
        positions=tuple(made.position(n, taken) for n in made.few()),
        figures=tuple(made.figure(n) for n in made.few()),
        headline=tuple(made.claim(taken) for _ in made.few()),
    )


class _Maker:
    def __init__(self, draw: st.DrawFn, text: str) -> None:
        self.draw = draw
        self.text = text
        self.actors: list[str] = []
        self.voices: list[str] = []

    def few(self) -> range:
        return range(self.draw(st.integers(1, 3)))

    def word(self, words: tuple[Any, ...]) -> Any:
        return self.draw(st.sampled_from(words))

    def span(self) -> Span:
        return self.draw(spans(self.text))

    def maybe(self) -> Span | None:
        return self.draw(st.none() | spans(self.text))

    def whose(self) -> tuple[str, ...]:
        return self.draw(_several(self.actors))

    def names(self) -> tuple[str, ...]:
        return self.draw(st.lists(texts, max_size=2).map(tuple))

    def report(self) -> Report:
        some = st.none() | texts
        return Report(
            id=self.draw(texts),
            title=self.draw(some),
            published=self.draw(some),
            publisher=self.draw(some),
            language=self.draw(st.sampled_from([None, "en", "id"])),
            warnings=self.names(),
            text=self.text,
        )

    def actor(self, n: int) -> Actor:
        return Actor(
            id=f"a{n}",
            name=self.draw(texts),
            aliases=self.names(),
            kind=self.word(vocabulary.KINDS),
            of=self.draw(st.none() | texts),
            role=self.draw(st.none() | texts),
            origin="strategy/1",
            confidence=self.draw(st.none() | st.floats(0, 1)),
        )

    def statement(self, n: int, before: list[Statement]) -> Statement:
        others = [statement.id for statement in before]
        return Statement(
            id=f"s{n}",
            content=self.draw(st.lists(spans(self.text), min_size=1, max_size=3).map(tuple)),
            cue=self.maybe(),
            source=self.maybe(),
            speaker=self.whose(),
            mode=self.word(vocabulary.MODES),
            act=self.word(vocabulary.ACTS),
            authority=self.word(vocabulary.AUTHORITIES),
            via=self.names(),
            to=self.names(),
            within=self.draw(st.sampled_from([None, *others])),
            about=self.draw(_several(others)) if others else (),
        )

    def event(self, n: int) -> Event:
        return Event(
            id=f"e{n}",
            type=self.word(vocabulary.EVENT_TYPES),
            trigger=self.span(),
            actors=self.whose(),
            recipients=self.whose(),
            where=self.maybe(),
            when=self.maybe(),
            voice=self.word(tuple(self.voices)),
            status=self.word(vocabulary.STATUSES),
        )

    def proposal(self, n: int) -> Proposal:
        terms = tuple(
            Term(
                id=f"p{n}.t{k}",
                what=self.span(),
                topic=self.word(vocabulary.TOPICS),
                giver=self.whose(),
            )
            for k in self.few()
        )
        return Proposal(
            id=f"p{n}",
            by=self.whose(),
            to=self.whose(),
            mediators=self.whose(),
            name=self.maybe(),
            terms=terms,
            exchange=(((terms[0].id,), (terms[-1].id,)),),
            voice=self.word(tuple(self.voices)),
        )

    def position(self, n: int, taken: list[str]) -> Position:
        return Position(
            id=f"o{n}",
            by=self.whose(),
            stance=self.word(vocabulary.STANCES),
            what=self.span(),
            topic=self.word(vocabulary.TOPICS),
            on=self.draw(st.sampled_from([None, *taken])),
            voice=self.word(tuple(self.voices)),
        )

    def figure(self, n: int) -> Figure:
        return Figure(
            id=f"f{n}",
            span=self.span(),
            value=self.draw(st.integers(0, 10**9) | st.floats(0, 1e9)),
            upper=self.draw(st.none() | st.integers(0, 10**9)),
            bound=self.word(vocabulary.BOUNDS),
            what=self.word(vocabulary.COUNTED),
            who=self.maybe(),
            when=self.maybe(),
            voice=self.word(tuple(self.voices)),
        )

    def claim(self, taken: list[str]) -> HeadlineClaim:
        return HeadlineClaim(
            claim=self.span(),
            support=self.word(vocabulary.SUPPORTS),
            by=self.draw(_several(taken)),
        )

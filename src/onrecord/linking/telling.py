"""What a record tells, entry by entry, in the form in which entries of several reports compare.

Nothing here needs the record: the text, the entry's span and its few fields are enough, so that
what a store holds compares with what was just read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.linking import known, people
from onrecord.linking.deeds import deed
from onrecord.linking.names import norm
from onrecord.linking.words import content
from onrecord.store.dates import happened

WINDOW = 90
"""Characters on each side of an event's trigger or a figure that tell what it is about."""

NEAR = 50
"""Characters on each side in which a name is taken for who does it, or to whom it is done."""

_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[“\"A-Z])|\n+")
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\w|al-\w+)(?: (?:al-|bin |of )?[A-Z][\w’'.-]*\w)*")
_COMPOUND = re.compile(
    r"-(?:run|led|backed|based|controlled|held|sponsored|brokered|born|dominated)\b.*"
)
"""What makes an adjective of a name; the names behind it ("Hamas-run Gaza") aren't its own."""
_DATE = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}|\d{1,2}\s+(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december jan feb mar apr "
    "jun jul aug sept sep oct nov dec mr mrs ms dr it he she they the this that in on "
    "at but and as a an after since more when while for its some many other another "
    "both if no not there we i you his her their our".split()
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that denies an entry: what it is called, who makes it, on what authority."""

    id: str
    voice: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of one report. `id` and `report` are whatever its keeper calls them."""

    id: str
    report: str
    layer: str
    label: str
    topic: str = ""
    status: str = ""
    day: str = ""
    """The report's day, `""` where it isn't known."""
    happened: str = ""
    """The day that its time or the words around name, or `""`."""
    deed: str = ""
    doers: frozenset[str] = frozenset()
    """Names, made one, of those who do, hold or give it."""
    others: frozenset[str] = frozenset()
    """And of those to whom it is done."""
    head: frozenset[str] = frozenset()
    """Stems of the words of the entry itself."""
    words: frozenset[str] = frozenset()
    """Stems of these and of the words around."""
    value: float | None = None
    upper: float | None = None
    voice: str = ""
    """Who tells it: a name, or `""` for the report itself."""
    authority: str = "report"
    denied_by: tuple[Denial, ...] = ()
    """The statements of its report that deny it."""


@lru_cache(maxsize=known.REMEMBERED)
def canonical(written: str) -> str:
    """One form for all that a name may be written in: of a person, the family name alone."""
    if found := known.state(written):
        return norm(found)
    plain = norm(written)
    if plain in known.ORGANISATIONS:
        return norm(known.ORGANISATIONS[plain])
    if known.is_demonym(plain):
        return norm(known.belongs(written) or plain)
    names = people.surnames(written) if people.is_person_name(written) else []
    if names and known.is_demonym(names[0]):
        return norm(known.belongs(names[0].title()) or names[0])
    return names[0] if names else plain


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a span: of its sentence, `WINDOW` characters on each side at most."""

    before: str
    own: str
    after: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Surroundings:
        """The words around `text[start:end]`."""
        return cls(text[_from(text, start) : start], text[start:end], text[end : _to(text, end)])

    @property
    def whole(self) -> str:
        """All of it."""
        return self.before + self.own + self.after

    def doers(self) -> frozenset[str]:
        """The names before the span, and those behind a "by"."""
        by = re.match(rf"[^.;]{{0,20}}?\bby ([^.;]{{2,{NEAR - 10}}}(?!\w))", self.after)
        return names_in(_clause(self.before)) | (names_in(by[1]) if by else frozenset())

    def others(self) -> frozenset[str]:
        """The names behind the span, up to a "by"."""
        near = re.match(rf".{{0,{NEAR}}}(?!\w)", self.after, re.DOTALL)
        return names_in(re.split(r"\bby\b|[;]", near[0])[0]) if near else frozenset()

    def day(self, told_on: str) -> str:
        """The day of the date nearest to the span, or `""`."""
        at = len(self.before)
        dates = sorted(_DATE.finditer(self.whole), key=lambda found: abs(found.start() - at))
        return happened(dates[0].group(), told_on) if dates and told_on else ""

    def deed(self) -> str:
        """What kind of deed the span names."""
        return deed(self.own, self.after)

    def words(self) -> frozenset[str]:
        """The stems of all words that carry sense."""
        return frozenset(content(self.whole))


def _from(text: str, start: int) -> int:
    least = max(0, start - WINDOW)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, least, start)]
    if ends:
        return ends[-1]
    return text.find(" ", least, start) + 1 if least else 0


def _to(text: str, end: int) -> int:
    most = end + WINDOW
    found = _SENTENCE_END.search(text, end, most)
    if found:
        return found.start()
    return len(text) if most >= len(text) else max(end, text.rfind(" ", end, most))


def _clause(before: str) -> str:
    near = before if len(before) <= NEAR else before[before.find(" ", len(before) - NEAR) + 1 :]
    return re.split(r"[;:–—]|, (?:but|and|while)\b", near)[-1]


def names_in(words: str) -> frozenset[str]:
    """The names in a passage, each in its `canonical` form."""
    found = set()
    for match in _NAME.finditer(words):
        parts = _COMPOUND.sub("", match.group()).split()
        while parts and norm(parts[0]) in _DAYS:
            parts = parts[1:]
        name = " ".join(parts)
        if name and norm(name) and norm(name) not in _DAYS:
            found.add(canonical(re.sub(r"[’']s$", "", name)))
    return frozenset(found)

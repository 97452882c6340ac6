"""Disputes: claims that some voices tell and others deny, and figures that can't both hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.linking.sameness import agree, gap, ordinal, same
from onrecord.linking.shelves import Claim
from onrecord.linking.telling import Told
from onrecord.linking.weights import Weights

COUNTS = frozenset(("killed", "wounded", "captive", "freed", "missing", "arrested", "displaced"))
"""What figures count that can contradict: sums, durations and shares have too many meanings."""

LIKE = 0.42
"""Least likeness of the words around two figures that count the same thing."""

FACTOR = 2.0
"""How many times one figure can be another in a dispute: further apart, in the annotated
streams, they counted different things (a day's dead and all dead so far)."""

SURE = 0.6
"""Least likeness of an event that didn't happen to one that did, for a contradiction."""

GROWS = 1
"""Days between two reports in which a count that grows, like a toll, may not have grown."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim with voices on both sides; or two claims, each a figure that excludes the other's."""

    claim: Claim
    other: Claim | None = None

    @property
    def kind(self) -> str:
        """`denied` or `figures`."""
        return "figures" if self.other else "denied"


def disputes(claims: Sequence[Claim], weights: Weights) -> list[Dispute]:
    """Every dispute among these claims."""
    found = [Dispute(claim) for claim in claims if denied(claim, weights)]
    return found + [Dispute(*pair) for pair in _figures(claims, weights)]


def denied(claim: Claim, weights: Weights) -> bool:
    """Whether somebody denies what others tell: in a statement, or by telling that it wasn't so."""
    if any(member.denied_by for member in claim.members):
        return True
    if claim.members[0].layer != "events":
        return False
    negated = [member for member in claim.members if member.status == "negated"]
    told = [member for member in claim.members if member.status in ("actual", "ongoing")]
    return any(
        one.voice != other.voice and one.label == other.label and same(one, other, weights) >= SURE
        for one in negated
        for other in told
    )


def _figures(claims: Sequence[Claim], weights: Weights) -> Iterator[tuple[Claim, Claim]]:
    counts = Counts.of(claims)
    place = {claim: k for k, claim in enumerate(claims)}
    for one in claims:
        for other in counts.against(one, weights):
            if place[one] < place[other]:
                yield one, other


@dataclass(slots=True)
class Counts:
    """The figures that can contradict, by what they count and of what day they are."""

    _at: dict[tuple[str, str, int], list[tuple[Told, Claim]]] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Counts:
        """The figures among the members of these claims."""
        made = cls()
        for claim in claims:
            for told in claim.members:
                if told.layer == "figures" and told.label in COUNTS:
                    made._add(told, claim)
        return made

    def against(self, claim: Claim, weights: Weights) -> list[Claim]:
        """The claims that count the same thing at the same time as this one, and exclude it."""
        found: dict[Claim, None] = {}
        for told in claim.members if claim.members[0].layer == "figures" else ():
            for other, its in self._at_once(told):
                if its is not claim and its not in found and _apart(told, other, weights):
                    found[its] = None
        return list(found)

    def _add(self, told: Told, claim: Claim) -> None:
        for kind, day in (("of", told.happened), ("told", told.day)):
            if day:
                self._at.setdefault((told.label, kind, ordinal(day)), []).append((told, claim))

    def _at_once(self, told: Told) -> Iterator[tuple[Told, Claim]]:
        """The figures of the same day, and those told within `GROWS` days of this one."""
        if told.happened:
            yield from self._at.get((told.label, "of", ordinal(told.happened)), ())
        if told.day:
            day = ordinal(told.day)
            for near in range(day - GROWS, day + GROWS + 1):
                yield from self._at.get((told.label, "told", near), ())


def _apart(one: Told, other: Told, weights: Weights) -> bool:
    """Whether two figures count the same thing at the same time and can't both hold."""
    if one.report == other.report and one.voice == other.voice:
        return False
    if one.label != other.label or not _bounds_clash(one, other) or agree(one, other):
        return False
    dated, days = gap(one.happened, other.happened), gap(one.day, other.day)
    at_once = dated == 0 or (dated is None and days is not None and days <= GROWS)
    return at_once and _one_population(one, other, weights)


def _bounds_clash(one: Told, other: Told) -> bool:
    """ "At least 50" and 74 can both hold; "at least 74" and 50 can't."""
    low, high = (one, other) if (one.value or 0.0) <= (other.value or 0.0) else (other, one)
    if (high.value or 0.0) > FACTOR * (low.value or 0.0):
        return False
    return low.status not in ("more_than", "range") and high.status != "less_than"


def _one_population(one: Told, other: Told, weights: Weights) -> bool:
    if not _unnumbered(one.head) & _unnumbered(other.head):
        return False
    return weights.likeness(_unnumbered(one.words), _unnumbered(other.words)) >= LIKE


def _unnumbered(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if not stem[0].isdigit())

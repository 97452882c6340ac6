"""Disputes: claims that some voices tell and others deny, and figures that can't both hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.linking.claims import Claim, Weights, agree, gap, same
from onrecord.linking.telling import Told

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
    figures = [claim for claim in claims if claim.members[0].layer == "figures"]
    return found + [Dispute(*pair) for pair in _figures(figures, weights)]


def denied(claim: Claim, weights: Weights) -> bool:
    """Whether somebody denies what others tell: in a statement, or by telling that it wasn't so."""
    if any(member.denied_by for member in claim.members):
        return True
    if claim.members[0].layer != "events":
        return False
    negated = [member for member in claim.members if member.status == "negated"]
    told = [member for member in claim.members if member.status in ("actual", "ongoing")]
    return any(
        one.voice != other.voice and same(one, other, weights) >= SURE
        for one in negated
        for other in told
    )


def _figures(claims: Sequence[Claim], weights: Weights) -> Iterator[tuple[Claim, Claim]]:
    for one, other in combinations(claims, 2):
        if one.members[0].label == other.members[0].label and contradict(one, other, weights):
            yield one, other


def contradict(one: Claim, other: Claim, weights: Weights) -> bool:
    """Whether two figures count the same thing at the same time and can't both hold."""
    return any(_apart(a, b, weights) for a in one.members for b in other.members)


def _apart(one: Told, other: Told, weights: Weights) -> bool:
    if one.label != other.label or one.label not in COUNTS or agree(one, other):
        return False
    if one.report == other.report and one.voice == other.voice:
        return False
    dated, days = gap(one.happened, other.happened), gap(one.day, other.day)
    at_once = dated == 0 or (dated is None and days is not None and days <= GROWS)
    return at_once and _bounds_clash(one, other) and _one_population(one, other, weights)


def _bounds_clash(one: Told, other: Told) -> bool:
    """ "At least 50" and 74 can both hold; "at least 74" and 50 can't."""
    low, high = sorted((one, other), key=lambda told: told.value or 0.0)
    if (high.value or 0.0) > FACTOR * (low.value or 0.0):
        return False
    return low.status not in ("more_than", "range") and high.status != "less_than"


def _one_population(one: Told, other: Told, weights: Weights) -> bool:
    alike = weights.likeness(_unnumbered(one.words), _unnumbered(other.words)) >= LIKE
    kind = _unnumbered(one.head) & _unnumbered(other.head)
    return alike and bool(kind)


def _unnumbered(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if not stem[0].isdigit())

"""Claims: the entries of several reports and voices that tell the same thing.

An entry joins the claim whose members it is likest to, or makes a new one.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.linking.sameness import SAME
from onrecord.linking.shelves import Claim, Shelf, shelf
from onrecord.linking.telling import Told
from onrecord.linking.weights import Weights

MADE_BY = "rule:claims/2"

Shelves = dict[str, Shelf]
"""Claims by what their members must share."""


def group(told: Sequence[Told], *, weights: Weights | None = None) -> list[Claim]:
    """The claims of entries, which are taken in order of their days."""
    ordered = sorted(told, key=lambda one: one.day or "9999")
    weighed = weights or Weights()
    if weights is None:
        weighed.add(ordered)
    shelves: Shelves = {}
    for one in ordered:
        place(one, shelves, weighed)
    return [claim for held in shelves.values() for claim in held.claims]


def place(told: Told, shelves: Shelves, weights: Weights) -> Claim:
    """Adds an entry to the claim that it is likest to, or to a new one."""
    held = shelves.setdefault(shelf(told), Shelf())
    score, at = held.best(told, weights)
    if score < SAME:
        return held.new(told)
    held.add(told, at)
    return held.claims[at]

"""One-to-one matching of gold and predicted things, likest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

Gold = TypeVar("Gold")
Predicted = TypeVar("Predicted")
Item = TypeVar("Item")


def pairs(
    gold: Sequence[Gold],
    predicted: Sequence[Predicted],
    likeness: Callable[[Gold, Predicted], float],
    least: float,
) -> list[tuple[Gold, Predicted]]:
    """Greedy one-to-one pairs of those at least `least` alike (and more than 0), likest first.

    Ties go to the earlier gold thing, then to the earlier predicted one.
    """
    scores = ((likeness(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    ranked = sorted((score for score in scores if score[0] >= least and score[0] > 0), reverse=True)
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    found: list[tuple[Gold, Predicted]] = []
    for _, i, j in ranked:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            found.append((gold[-i], predicted[-j]))
    return found


def spread(items: Sequence[Item], limit: int | None) -> list[Item]:
    """At most `limit` of the items, evenly spaced and in order; all of them without a limit."""
    step = -(-len(items) // limit) if limit else 1
    return list(islice(items, 0, None, max(1, step)))

"""One-to-one matching, and taking part of a corpus."""

from __future__ import annotations

import pytest

from onrecord.evaluation.matching import pairs, spread
from onrecord.evaluation.tally import Tally


def closeness(gold: int, predicted: int) -> float:
    return 1 / (1 + abs(gold - predicted))


def test_the_likest_are_paired_first_and_each_once() -> None:
    assert pairs([10, 12], [11, 12, 13], closeness, 0.0) == [(12, 12), (10, 11)]


def test_ties_go_to_the_earlier() -> None:
    assert pairs(["a", "b"], ["x", "y"], lambda g, p: 1.0, 1.0) == [("a", "x"), ("b", "y")]


def test_what_is_not_alike_enough_stays_unpaired() -> None:
    assert pairs([10], [12], closeness, 0.5) == []
    assert pairs([1], [1], lambda g, p: 0.0, 0.0) == []


@pytest.mark.parametrize(("limit", "taken"), [(None, 10), (3, 3), (4, 4), (10, 10), (99, 10)])
def test_a_part_of_a_corpus_is_spread_over_it(limit: int | None, taken: int) -> None:
    part = spread(range(10), limit)
    assert len(part) == taken
    assert part == sorted(part)
    assert part[0] == 0


def test_nothing_predicted_is_no_division_by_zero() -> None:
    tally = Tally(0, 3, 0)
    assert (tally.precision, tally.recall, tally.f1) == (0.0, 0.0, 0.0)


def test_f1_is_the_harmonic_mean() -> None:
    assert Tally(3, 4, 6).f1 == pytest.approx(2 * 0.5 * 0.75 / 1.25)

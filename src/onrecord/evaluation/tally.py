"""Counts of right, wanted and given things, and precision, recall and F1 over them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Tally:
    """How many were right, how many the gold has, how many were predicted."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, right: int, gold: int, predicted: int) -> None:
        """Add the counts of one more item."""
        self.right += right
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

"""What could not be read, and how much of that a run puts up with."""

from dataclasses import dataclass
from typing import Any, Self

from onrecord.errors import EmptyInput, OnrecordError, RunError

KINDS = ("empty", "unreadable", "fault", "slow", "deadly")
"""`empty`: no words in it; `unreadable`: the input's own fault; `fault`: onrecord's; `slow`: past
the time limit; `deadly`: it ended the worker again and again."""

LONGEST = 500
"""Characters of an explanation that are kept."""

FEW = 20
"""Problems up to which a share isn't looked at while a run goes on: the beginning of a corpus isn't
the corpus."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A report of a shard that has no record."""

    number: int
    """Which report of the shard it is, from 1."""
    kind: str
    why: str

    @classmethod
    def of(cls, number: int, error: Exception) -> Self:
        """What an error says that came up with a report."""
        if isinstance(error, EmptyInput):
            return cls(number, "empty", _line(str(error)))
        if isinstance(error, OnrecordError):
            return cls(number, "unreadable", _line(str(error)))
        return cls(number, "fault", _line(f"please report it: {type(error).__name__}: {error}"))

    def row(self, shard: str) -> dict[str, Any]:
        """Its row in the dataset of problems."""
        return {"shard": shard, "number": self.number, "kind": self.kind, "why": self.why}


def _line(text: str) -> str:
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]} …"


@dataclass(frozen=True, slots=True)
class Bound:
    """How many problems a run may have: a number, or a share of the reports looked at."""

    most: float
    share: bool

    @classmethod
    def of(cls, text: str) -> Self:
        """The bound that is written `200` or `5%`; raises `RunError` for anything else."""
        share = text.endswith("%")
        try:
            most = float(text.removesuffix("%")) if share else int(text)
        except ValueError:
            most = -1
        if not (0 <= most <= 100 if share else most >= 0):
            raise RunError(f"{text!r} bounds no problems; wants a number, or a share like 5%")
        return cls(most / 100 if share else most, share)

    def passed(self, problems: int, reports: int, *, ended: bool) -> bool:
        """Whether so many problems beside so many reports read are too many."""
        if not self.share:
            return problems > self.most
        seen = problems + reports
        return (ended or problems > FEW) and problems > self.most * seen

    def __str__(self) -> str:
        return f"{100 * self.most:g}%" if self.share else f"{self.most:g}"

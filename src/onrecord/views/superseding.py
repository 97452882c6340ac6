"""Which proposal takes the place of an earlier one, and what it adds and drops."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.views.ledger import LedgerRow


def superseding(rows: list["LedgerRow"]) -> list["LedgerRow"]:
    """Rows in order of date, each later one set against the earlier one that it supersedes."""
    made = list(rows)
    for later, row in enumerate(rows):
        for earlier in range(later - 1, -1, -1):
            if not made[earlier].superseded_by and _supersedes(row, rows[earlier]):
                now, then = _topics(row), _topics(rows[earlier])
                made[earlier] = replace(made[earlier], superseded_by=row.told.entry)
                added = tuple(sorted(now - then))
                made[later] = replace(made[later], added=added, dropped=tuple(sorted(then - now)))
                break
    return made


def _supersedes(later: "LedgerRow", earlier: "LedgerRow") -> bool:
    """Whether a party (or mediator) comes back to its own topics in a later report."""
    makers = set(later.by or later.mediators) & set(earlier.by or earlier.mediators)
    topics = (_topics(later) & _topics(earlier)) - {"other"}
    return bool(makers and topics and later.first_day > earlier.last_day > "")


def _topics(row: "LedgerRow") -> set[str]:
    return {term.told.topic for term in row.terms}

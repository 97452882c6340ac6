"""Reviewed records as gold ones: what people decided applied, and said to be theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.export import telling
from onrecord.store import decided, keys, load
from onrecord.store.schema import reports, reviews

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """A report's record with what people decided, as JSON's types."""

    id: str
    title: str
    """The report's, or its first line."""
    record: Json
    """The record, with one member more, `review`: how many of its entries people decided about
    (`decided`) of all (`entries`), and the entries that they rejected (`rejected`)."""

    @property
    def whole(self) -> bool:
        """Whether people decided about every entry."""
        review = self.record["review"]
        return bool(review["decided"] == review["entries"])


def gold(connection: Connection, *, whole: bool = False) -> Iterator[Gold]:
    """The record of every report that somebody reviewed, in the order in which they were added.

    The `origin` of an entry that a person accepted or corrected is null, as an annotator's is, and
    so is its confidence: what is still the reader's own keeps both, so that training can tell them
    apart. With `whole`, only of reports whose every entry people decided about.
    """
    for n, id in _reviewed(connection):
        made = _gold(connection, n, id)
        if made.record["review"]["decided"] + len(made.record["review"]["rejected"]) == 0:
            continue
        if made.whole or not whole:
            yield made


def _reviewed(connection: Connection) -> list[tuple[int, str]]:
    on_entries = reviews.c.action.in_(("accept", "correct", "reject"))
    targets = connection.scalars(select(reviews.c.target).where(on_entries))
    wanted = sorted({target.partition(":")[0] for target in targets})
    found: list[tuple[int, str]] = []
    for k in range(0, len(wanted), 400):
        its = select(reports.c.n, reports.c.id).where(reports.c.id.in_(wanted[k : k + 400]))
        found += [(row.n, row.id) for row in connection.execute(its)]
    return sorted(found)


def _gold(connection: Connection, n: int, id: str) -> Gold:
    last = {decision.key: decision for decision in load.decisions(connection, n)}
    before = load.reading(connection, n)
    now = decided.apply(before, last.values())
    data = now.record.to_dict()
    kept = {key for key, decision in last.items() if decision.action != "reject"}
    told = [(entry, now.key[id] in kept) for id, entry in _entries(data)]
    for entry in (*(entry for entry, mine in told if mine), *_actors(data, now, kept)):
        entry["origin"] = entry["confidence"] = None
    data["review"] = {
        "decided": sum(mine for _, mine in told),
        "entries": len(told),
        "rejected": _rejected(connection, id, {k for k in last if k not in kept}),
    }
    return Gold(id, telling.title(now.record), data)


def _entries(data: Json) -> Iterator[tuple[str, Json]]:
    """Every entry by its id; the actors aside, who are known by what they do."""
    for layer in decided.LAYERS[1:]:
        for n, entry in enumerate(data[layer], start=1):
            yield (keys.claim_id(n) if layer == "headline" else entry["id"]), entry
            for term in entry.get("terms", ()):
                yield term["id"], term


def _actors(data: Json, now: decided.Decided, kept: set[str]) -> list[Json]:
    return [actor for actor in data["actors"] if now.key[actor["id"]] in kept]


def _rejected(connection: Connection, report: str, wanted: set[str]) -> list[Json]:
    """The entries that people took out, as they were."""
    if not wanted:
        return []
    targets = [f"{report}:{key}" for key in sorted(wanted)]
    query = select(reviews.c.target, reviews.c.before)
    rejections = query.where(reviews.c.target.in_(targets), reviews.c.action == "reject")
    found = {
        row.target: {"layer": row.before["layer"], "entry": row.before["entry"]}
        for row in connection.execute(rejections.order_by(reviews.c.n))
    }
    return [found[target] for target in targets if target in found]

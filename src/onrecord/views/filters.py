"""What a question is limited to: parties, topic, dates, authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, or_, select

from onrecord.errors import StoreError
from onrecord.store import catalogue
from onrecord.store.names import norm
from onrecord.store.schema import catalogue as known
from onrecord.store.schema import catalogue_names, entries, roles
from onrecord.views.lasting import Bounds, facets, last, merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Limits of a question; what is empty limits nothing."""

    party: Sequence[str] = field(default=())
    """Names of parties, as a report might have them."""
    topic: Sequence[str] = field(default=())
    since: str = ""
    """The first day, `YYYY-MM-DD`, of the reports."""
    until: str = ""
    """The last day."""
    authority: Sequence[str] = field(default=())
    limit: int = 20

    @property
    def windowed(self) -> bool:
        """Whether there is a first or last day."""
        return bool(self.since or self.until)

    def days(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """The conditions on a column of days."""
        made = []
        if self.since:
            made.append(column >= self.since)
        if self.until:
            made.append(column <= self.until)
            if not self.since:
                made.append(column > "")
        return made

    def on_entries(self) -> list[ColumnElement[bool]]:
        """The conditions on `entries` but that on parties."""
        made = self.days(entries.c.day)
        if self.topic:
            made.append(entries.c.topic.in_(self.topic))
        if self.authority:
            made.append(entries.c.authority.in_(self.authority))
        return made

    def bounds(self, labels: Sequence[str] = ()) -> Bounds:
        """The conditions on somebody's parts in entries."""
        return Bounds(
            since=self.since,
            until=self.until,
            authority=self.authority,
            topic=self.topic,
            labels=labels,
        )


def parties(connection: Connection, names: Sequence[str]) -> list[int]:
    """The numbers of the catalogue actors with these names or ids.

    Raises `StoreError` for a name that nobody has, with some that come near.
    """
    found: list[int] = []
    for name in names:
        called = catalogue.find(connection, name) or _with_id(connection, name)
        if not called:
            near = ", ".join(_near(connection, name)) or "none that comes near"
            raise StoreError(f"{name!r}: no party of that name in the store; there is {near}")
        found += called
    return found


def _with_id(connection: Connection, id: str) -> list[int]:
    found = connection.scalar(select(known.c.n).where(known.c.id == id))
    return [] if found is None else [catalogue.current(connection, found)]


def _near(connection: Connection, name: str) -> list[str]:
    """Names that begin alike or have the same longest word."""
    wanted = norm(name)
    longest = max(wanted.split(), key=len, default="")
    alike = or_(
        catalogue_names.c.norm.between(wanted[:4], wanted[:4] + "\uffff"),
        catalogue_names.c.norm.contains(longest, autoescape=True),
    )
    query = select(catalogue_names.c.name, catalogue_names.c.used).where(alike).distinct()
    rows = connection.execute(query.order_by(catalogue_names.c.used.desc()).limit(30))
    return list(dict.fromkeys(row.name for row in rows))[:5]


def of_parties(numbers: Sequence[int]) -> ColumnElement[bool]:
    """The condition on `roles` that one of these has the part, or somebody of theirs."""
    return or_(roles.c.party_n.in_(numbers), roles.c.catalogue_n.in_(numbers))


def latest(
    connection: Connection,
    layer: str,
    filters: Filters,
    *,
    parts: Sequence[str],
    many: int,
    labels: Sequence[str] = (),
) -> list[int]:
    """The numbers of the last `many` entries of a layer that the filters let through.

    A party that is asked for must have one of the roles `parts` in them. `labels` are the acts
    of statements or types of events to find; without any, all.
    """
    found = dated(connection, layer, filters, parts=parts, many=many, labels=labels)
    return [n for n, _ in found]


def dated(
    connection: Connection,
    layer: str,
    filters: Filters,
    *,
    parts: Sequence[str],
    many: int,
    labels: Sequence[str] = (),
) -> list[tuple[int, str]]:
    """The same, each with its report's day."""
    if filters.party:
        return _of(connection, layer, filters, labels=labels, parts=parts, many=many)
    found: dict[int, str] = {}
    for own in _each(layer, labels):
        query = select(entries.c.n, entries.c.day).where(*own, *filters.on_entries())
        ordered = query.order_by(entries.c.day.desc(), entries.c.n.desc()).limit(many)
        found |= dict(connection.execute(ordered).all())
    return sorted(found.items(), key=lambda one: (one[1], one[0]), reverse=True)[:many]


def _each(layer: str, labels: Sequence[str]) -> list[list[ColumnElement[bool]]]:
    """The conditions on a layer; for each label, which an index has in order of days, its own."""
    its = entries.c.layer == layer
    if not labels:
        return [[its]]
    return [[its, entries.c.label == one, entries.c.subject == ""] for one in labels]


def _of(
    connection: Connection,
    layer: str,
    filters: Filters,
    *,
    labels: Sequence[str],
    parts: Sequence[str],
    many: int,
) -> list[tuple[int, str]]:
    """The last entries of parties, with their days."""
    theirs = facets(connection, parties(connection, filters.party), layer, parts)
    return merged(last(connection, theirs, filters.bounds(labels), many=many), many)

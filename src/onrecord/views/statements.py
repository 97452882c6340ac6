"""Who said what: statements by date, with their speakers and what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from onrecord.store.schema import answers, entries, roles
from onrecord.views.filters import Filters, latest
from onrecord.views.telling import Told, named, parts, told

LOOKED = 800
"""Statements of a source, the last ones, whose denials are looked for."""

_MANY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement."""

    told: Told
    speakers: tuple[str, ...]
    to: tuple[str, ...]
    about: tuple[Told, ...] = ()
    """What it denies, confirms, accepts, rejects or repeats."""


def statements(connection: Connection, filters: Filters, *, acts: Sequence[str] = ()) -> list[Said]:
    """The last statements that the filters let through, latest first."""
    numbers = latest(
        connection, "statements", filters, parts=("speaker",), many=filters.limit, labels=acts
    )
    return said(connection, numbers)


def by(
    connection: Connection,
    number: int,
    filters: Filters,
    *,
    acts: Sequence[str] = (),
    skip: int = 0,
) -> list[Said]:
    """The last statements of one catalogue actor."""
    its = [roles.c.catalogue_n == number, roles.c.layer == "statements", roles.c.role == "speaker"]
    query = select(roles.c.entry_n).where(*its, *filters.days(roles.c.day))
    if filters.authority:
        query = query.where(roles.c.facet.in_(filters.authority))
    if acts:
        query = query.join(entries, entries.c.n == roles.c.entry_n)
        query = query.where(entries.c.label.in_(acts))
    ordered = query.order_by(roles.c.day.desc(), roles.c.entry_n.desc())
    numbers = connection.scalars(ordered.offset(skip).limit(filters.limit)).all()
    return said(connection, numbers)


def said(connection: Connection, numbers: Iterable[int]) -> list[Said]:
    """The statements with these numbers, in this order."""
    lines = told(connection, numbers)
    chosen = list(lines)
    about = _about(connection, chosen)
    others = told(connection, (n for some in about.values() for n in some))
    involved = parts(connection, chosen)
    return [
        Said(
            told=lines[n],
            speakers=named(involved.get(n, ()), "speaker"),
            to=named(involved.get(n, ()), "to"),
            about=tuple(others[k] for k in about.get(n, ()) if k in others),
        )
        for n in chosen
    ]


def _about(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for some in _batches(numbers):
        its = and_(answers.c.entry_n.in_(some), answers.c.kind == "about")
        for row in connection.execute(select(answers.c.entry_n, answers.c.to_n).where(its)):
            found.setdefault(row.entry_n, []).append(row.to_n)
    return found


def denying(connection: Connection, number: int, filters: Filters) -> list[Said]:
    """The last statements that deny what a catalogue actor said, or what was told on its word."""
    its = [roles.c.catalogue_n == number, roles.c.layer == "statements", roles.c.role == "speaker"]
    own = select(roles.c.entry_n).where(*its, *filters.days(roles.c.day))
    last = connection.scalars(own.order_by(roles.c.day.desc()).limit(LOOKED)).all()
    found: dict[int, str] = {}
    for some in _batches(last):
        held = entries.alias("held")
        theirs = or_(held.c.n.in_(some), held.c.voice_n.in_(some))
        query = (
            select(entries.c.n, entries.c.day)
            .join(answers, answers.c.entry_n == entries.c.n)
            .join(held, held.c.n == answers.c.to_n)
            .where(entries.c.label == "deny", entries.c.layer == "statements", theirs)
        )
        found |= {row.n: row.day for row in connection.execute(query)}
    mine = set(last)
    ordered = sorted((n for n in found if n not in mine), key=lambda n: (found[n], n), reverse=True)
    return said(connection, ordered[: filters.limit])


def _batches(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[k : k + _MANY] for k in range(0, len(numbers), _MANY)]

"""Who said what: statements by date, with their speakers and what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.store.schema import answers, entries
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, dated
from onrecord.views.lasting import Bounds, facets, last, merged
from onrecord.views.telling import Told, named, parts, told

LOOKED = 800
"""Statements of a source, the last ones, whose denials are looked for."""


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
    return said(connection, [n for n, _ in last_said(connection, filters, acts=acts)])


def last_said(
    connection: Connection, filters: Filters, *, acts: Sequence[str] = ()
) -> list[tuple[int, str]]:
    """The numbers and days of the same."""
    return dated(
        connection, "statements", filters, parts=("speaker",), many=filters.limit, labels=acts
    )


def by(
    connection: Connection,
    number: int,
    filters: Filters,
    *,
    acts: Sequence[str] = (),
    skip: int = 0,
) -> list[Said]:
    """The last statements of one catalogue actor."""
    bounds = Bounds(since=filters.since, until=filters.until, labels=acts)
    found = _spoken(connection, number, bounds, filters.authority, many=skip + filters.limit)
    return said(connection, [n for n, _ in found[skip:]])


def _spoken(
    connection: Connection, number: int, bounds: Bounds, authority: Sequence[str], *, many: int
) -> list[tuple[int, str]]:
    """The last statements of a catalogue actor, with their days; a facet is their authority."""
    own = facets(connection, [number], "statements", ("speaker",), sides=("actor",))
    asked = [one for one in own if not authority or one.facet in authority]
    return merged(last(connection, asked, bounds, many=many), many)


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


_ABOUT = select(answers.c.entry_n, answers.c.to_n).where(
    among(answers.c.entry_n), answers.c.kind == "about"
)


def _about(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry_n, to_n in connection.execute(_ABOUT, {NUMBERS: numbers}).all():
        found.setdefault(entry_n, []).append(to_n)
    return found


_IN_ITS_VOICE = select(entries.c.n).where(among(entries.c.voice_n))
_DENYING = (
    select(entries.c.n, entries.c.day)
    .join(answers, answers.c.entry_n == entries.c.n)
    .where(
        among(answers.c.to_n),
        answers.c.kind == "about",
        entries.c.label == "deny",
        entries.c.layer == "statements",
    )
)


def denying(connection: Connection, number: int, filters: Filters) -> list[Said]:
    """The last statements that deny what a catalogue actor said, or what was told on its word."""
    bounds = Bounds(since=filters.since, until=filters.until)
    own = [n for n, _ in _spoken(connection, number, bounds, (), many=LOOKED)]
    if not own:
        return []
    held = connection.scalars(_IN_ITS_VOICE, {NUMBERS: own}).all()
    found = dict(connection.execute(_DENYING, {NUMBERS: [*own, *held]}).all())
    mine = set(own)
    ordered = sorted((n for n in found if n not in mine), key=lambda n: (found[n], n), reverse=True)
    return said(connection, ordered[: filters.limit])

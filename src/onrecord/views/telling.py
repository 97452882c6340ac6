"""What every line of every answer has: the words, on whose word, and the report they stand in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.store.schema import (
    actors,
    catalogue,
    claim_members,
    entries,
    origin_members,
    reports,
    roles,
    texts,
)
from onrecord.views.among import NUMBERS, among
from onrecord.views.judged import Judged, judged

STRENGTH = ("report", "named", "body", "document", "media", "unnamed", "none", "headline")
"""Authorities, the strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of one report, with all that leads back to its words."""

    n: int
    entry: str
    """Its id: the report's, a colon, its key."""
    label: str
    topic: str
    status: str
    value: float | None
    upper: float | None
    subject: str
    quote: str
    passage: str
    """The sentence that the words stand in; the words alone where it wasn't asked for."""
    said_by: str
    authority: str
    denials: int
    when: str | None
    happened: str
    """The day that `when` means; empty where it means none."""
    day: str
    """The report's day."""
    report: str
    title: str
    publisher: str | None
    parent_n: int | None
    voice_n: int | None
    claim_n: int | None
    origin_n: int | None
    judged: Judged | None = None
    """What a person decided about it, who and when."""


def told(
    connection: Connection, numbers: Iterable[int], *, passages: bool = True
) -> dict[int, Told]:
    """The entries with these numbers; many are quicker got without the sentences around them."""
    wanted = list(dict.fromkeys(numbers))
    found = _told(connection, wanted, passages=passages) if wanted else {}
    return {n: found[n] for n in wanted if n in found}


_COLUMNS = (
    *(
        entries.c[name]
        for name in (
            "n", "key", "label", "topic", "status", "value", "upper", "subject", "quote", "said_by",
            "authority", "denials", "when_text", "happened", "day", "parent_n", "voice_n", "state",
        )
    ),
    reports.c.id.label("report"),
    reports.c.title,
    reports.c.publisher,
    origin_members.c.origin_n,
)  # fmt: skip
"""What a line is made of: an entry's lists take longer to unpack than all the rest."""
_LINES = (
    select(*_COLUMNS)
    .join(reports, reports.c.n == entries.c.report_n)
    .join(origin_members, origin_members.c.report_n == entries.c.report_n, isouter=True)
)
_LINES = _LINES.where(among(entries.c.n))
_PASSAGES = _LINES.add_columns(entries.c.begins, entries.c.ends, texts.c.text).join(
    texts, texts.c.report_n == entries.c.report_n
)
_CLAIMS = select(claim_members.c.entry_n, claim_members.c.claim_n).where(
    among(claim_members.c.entry_n), claim_members.c.side == "supports"
)


def _told(connection: Connection, numbers: Sequence[int], *, passages: bool) -> dict[int, Told]:
    query = _PASSAGES if passages else _LINES
    claim = claims_of(connection, numbers)
    rows = connection.execute(query, {NUMBERS: numbers}).all()
    known = judged(connection, [f"{row.report}:{row.key}" for row in rows if row.state])
    return {row.n: _line(row, claim.get(row.n), known, passages=passages) for row in rows}


def claims_of(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """The claim that each of these entries tells, of those that tell one."""
    return dict(connection.execute(_CLAIMS, {NUMBERS: numbers}).all())


def _line(
    row: Row[Any], claim_n: int | None, known: Mapping[str, Judged], *, passages: bool
) -> Told:
    entry = f"{row.report}:{row.key}"
    return Told(
        n=row.n,
        entry=entry,
        label=row.label,
        topic=row.topic,
        status=row.status,
        value=row.value,
        upper=row.upper,
        subject=row.subject,
        quote=row.quote,
        passage=passage(row.text, row.begins, row.ends) if passages else row.quote,
        said_by=row.said_by,
        authority=row.authority,
        denials=row.denials,
        when=row.when_text,
        happened=row.happened,
        day=row.day,
        report=row.report,
        title=row.title or "",
        publisher=row.publisher,
        parent_n=row.parent_n,
        voice_n=row.voice_n,
        claim_n=claim_n,
        origin_n=row.origin_n,
        judged=known.get(entry),
    )


def first_line(text: str) -> str:
    """The first line of a text that has words."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


_LONGEST = 280
"""Characters of a sentence that are shown around the words, where it is longer."""

_STOP = re.compile(r"(?<=[\w%)”\"’][\w%)”\"’])[.?!][”\"’]?\s+(?=[\"“‘(]?[A-Z0-9])|\n")
"""Where a sentence ends: not behind an initial, nor before a small letter."""
_TITLES = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|Jr|Sr)|\b[A-Z]\.[A-Z]"
    r"|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec))\Z"
)


def passage(text: str, begins: int, ends: int) -> str:
    """The sentence that holds these offsets, on one line; cut at words where it is long."""
    low = text.rfind("\n", 0, begins) + 1
    high = text.find("\n", ends)
    high = len(text) if high < 0 else high
    stops = [
        at for at in _STOP.finditer(text, low, high) if not _TITLES.search(text, low, at.start())
    ]
    start = max([low, *(at.end() for at in stops if at.end() <= begins)])
    stop = min([high, *(at.end() for at in stops if at.end() >= ends)])
    stop = start + len(text[start:stop].rstrip())
    around = _LONGEST // 2
    return _cut(text, max(start, begins - around), min(stop, ends + around), start, stop)


def _cut(text: str, start: int, stop: int, first: int, last: int) -> str:
    words = " ".join(text[start:stop].split())
    head = "… " if start > first else ""
    tail = " …" if stop < last else ""
    if head:
        words = words.partition(" ")[2]
    if tail:
        words = words.rpartition(" ")[0]
    return head + words + tail


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody with a part in an entry."""

    role: str
    name: str
    party_n: int | None
    party: str
    """Whose side they are on; their own name where that isn't known."""


_SIDE = catalogue.alias("side")
_PARTS = (
    select(
        roles.c.entry_n,
        roles.c.role,
        roles.c.party_n,
        actors.c.name,
        catalogue.c.name.label("known"),
        _SIDE.c.name.label("party"),
    )
    .join(actors, actors.c.n == roles.c.actor_n)
    .join(catalogue, catalogue.c.n == roles.c.catalogue_n, isouter=True)
    .join(_SIDE, _SIDE.c.n == roles.c.party_n, isouter=True)
    .where(among(roles.c.entry_n))
    .order_by(roles.c.entry_n, roles.c.role, roles.c.rank)
)
"""Made once: a query takes as long to make as its rows to find."""


def parts(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Part]]:
    """Who has which part in these entries, in the record's order."""
    found: dict[int, list[Part]] = defaultdict(list)
    wanted = list(dict.fromkeys(numbers))
    rows = connection.execute(_PARTS, {NUMBERS: wanted}).all() if wanted else ()
    for entry_n, role, party_n, own, known, party in rows:
        name = known or own
        found[entry_n].append(Part(role, name, party_n, party or name))
    return found


def named(some: Iterable[Part], *wanted: str, side: bool = False) -> tuple[str, ...]:
    """The names of those who have one of these roles, or (`side`) of whose side they are on."""
    names = (part.party if side else part.name for part in some if part.role in wanted)
    return tuple(dict.fromkeys(names))


def origins(some: Iterable[Told]) -> int:
    """How many independent reports tell these: copies of one count once."""
    return len({("o", one.origin_n) if one.origin_n else ("r", one.report) for one in some})


def strongest(some: Iterable[Told]) -> str:
    """The strongest authority that any of these stands on."""
    return min((one.authority for one in some), key=STRENGTH.index, default="none")

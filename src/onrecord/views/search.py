"""Finds words in the reports, and says whose words they are."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, or_, select, text

from onrecord.errors import StoreError
from onrecord.store.schema import entries, reports, roles, texts
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, parties
from onrecord.views.telling import first_line, passage

RANKED = 2000
"""Reports that are ranked: of words that more of them have, the newest are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that has the words, and the passage where they stand."""

    report: str
    title: str
    publisher: str | None
    day: str
    passage: str
    begins: int
    ends: int
    entry: str
    """The innermost statement around the words; empty where they are the report's own."""
    said_by: str
    authority: str


def search(connection: Connection, words: str, filters: Filters, *, skip: int = 0) -> list[Hit]:
    """The reports that have all these words, the best first, `limit` of them behind `skip`.

    Words in double quotes must stand together; one with a final `*` is a beginning. Raises
    `StoreError` where there is no word to look for.
    """
    wanted = terms(words)
    if not wanted:
        raise StoreError(f"{words!r}: nothing to look for; wants at least one word")
    ahead = replace(filters, limit=skip + filters.limit)
    numbers = _matching(connection, wanted, ahead)[skip:]
    query = select(reports, texts.c.text).join(texts, texts.c.report_n == reports.c.n)
    found = connection.execute(query.where(among(reports.c.n)), {NUMBERS: numbers})
    rows = {row.n: row for row in found}
    places = {n: _place(rows[n].text, wanted) for n in numbers if n in rows}
    voices = _voices(connection, places)
    return [_hit(rows[n], place, voices.get(n)) for n, place in places.items()]


def terms(words: str) -> list[str]:
    """The phrases and words of a query."""
    found = re.findall(r"[\"“]([^\"“”]+)[\"”]|([^\s\"“”]+)", words)
    clean = (re.sub(r"[^\w*'’.,-]+", " ", phrase or word).strip() for phrase, word in found)
    return [one for one in clean if re.search(r"\w", one)]


def _matching(connection: Connection, wanted: Sequence[str], filters: Filters) -> list[int]:
    """The numbers of the best reports."""
    query = _QUERY[connection.dialect.name]
    match = {"sqlite": _fts5, "postgresql": _tsquery}[connection.dialect.name](wanted)
    ranked = list(connection.scalars(text(query), {"limit": RANKED, "match": match}))
    if not (filters.windowed or filters.party or filters.authority or filters.topic):
        return ranked[: filters.limit]
    theirs = parties(connection, filters.party)
    found: list[int] = []
    for k in range(0, len(ranked), _AT_ONCE):
        some = ranked[k : k + _AT_ONCE]
        allowed = _allowed(connection, some, filters, theirs)
        found += [n for n in some if n in allowed]
        if len(found) >= filters.limit:
            break
    return found[: filters.limit]


_AT_ONCE = 200
"""Reports that are held against the filters at once, the best first."""


_QUERY = {
    "sqlite": """
        SELECT rowid FROM texts_fts WHERE texts_fts MATCH :match AND rowid >= (
            SELECT min(rowid) FROM (
                SELECT rowid FROM texts_fts WHERE texts_fts MATCH :match
                ORDER BY rowid DESC LIMIT :limit))
        ORDER BY bm25(texts_fts, 4.0, 1.0), rowid DESC""",
    "postgresql": """
        SELECT report_n FROM (
            SELECT report_n, words FROM texts
            WHERE words @@ to_tsquery('english', :match) LIMIT :limit
        ) AS found
        ORDER BY ts_rank(words, to_tsquery('english', :match)) DESC, report_n DESC""",
}


def _fts5(wanted: Sequence[str]) -> str:
    """The query in FTS5's language, everything quoted: `"cease fire" "truc"*`."""
    made = (one.rstrip("*").replace('"', "") for one in wanted)
    return " ".join(
        f'"{word}"' + ("*" if one.endswith("*") else "")
        for word, one in zip(made, wanted, strict=True)
    )


def _tsquery(wanted: Sequence[str]) -> str:
    """The query in PostgreSQL's: `cease <-> fire & truc:*`."""
    made = []
    for one in wanted:
        words = re.findall(r"\w+", one)
        star = ":*" if one.endswith("*") else ""
        made.append("(" + " <-> ".join(f"'{word}'" for word in words) + star + ")")
    return " & ".join(made)


def _allowed(
    connection: Connection, numbers: list[int], filters: Filters, theirs: list[int]
) -> set[int]:
    """Those of these reports that the filters let through.

    Looked for from the reports to the parties: of a party that is everywhere there are too many
    entries to begin with. Adding nothing to a column keeps the database from its index.
    """
    query = select(reports.c.n).where(reports.c.n.in_(numbers), *filters.days(reports.c.day))
    if filters.party or filters.authority or filters.topic:
        its = select(entries.c.report_n).where(entries.c.report_n.in_(numbers))
        if filters.authority:
            its = its.where(entries.c.authority.in_(filters.authority))
        if filters.topic:
            its = its.where(entries.c.topic.in_(filters.topic))
        if theirs:
            party, known = (roles.c.party_n + 0).in_(theirs), (roles.c.catalogue_n + 0).in_(theirs)
            its = its.join(roles, roles.c.entry_n == entries.c.n).where(or_(party, known))
        query = query.where(reports.c.n.in_(its))
    return set(connection.scalars(query))


def _hit(row: Row[Any], place: tuple[int, int], voice: Any) -> Hit:
    got = row._mapping
    whole: str = got["text"]
    begins, ends = place
    return Hit(
        report=got["id"],
        title=got["title"] or first_line(whole),
        publisher=got["publisher"],
        day=got["day"],
        passage=passage(whole, begins, ends),
        begins=begins,
        ends=ends,
        entry=f"{got['id']}:{voice.key}" if voice else "",
        said_by=voice.said_by if voice else "the report itself",
        authority=voice.authority if voice else "report",
    )


_LOOKED_AT = 1000
"""Places of a word in one report among which the best is looked for."""


def _place(whole: str, wanted: Sequence[str]) -> tuple[int, int]:
    """Where the words stand closest together, past the title where they stand there too."""
    found = [_places(whole, one) for one in wanted]
    title = len(first_line(whole))
    body = [[at for at in places if at[0] > title] or places for places in found]
    rarest = min((places for places in body if places), key=len, default=[(0, 0)])
    begins = [[at[0] for at in places] for places in body if places]

    def spread(at: tuple[int, int]) -> int:
        return sum(_distance(places, at[0]) for places in begins)

    return min(rarest, key=spread)


def _distance(places: Sequence[int], at: int) -> int:
    """From `at` to the nearest of these, which are in order."""
    k = bisect_left(places, at)
    return min(abs(place - at) for place in places[max(0, k - 1) : k + 1])


def _places(whole: str, one: str) -> list[tuple[int, int]]:
    """Where a word or phrase stands, in the forms that a stem has: "rejects" for "rejected"."""
    stems = [re.escape(_stem(word)) + r"\w*" for word in re.findall(r"\w+", one)]
    pattern = re.compile(r"\b" + r"\W+".join(stems), re.IGNORECASE)
    return [match.span() for match in islice(pattern.finditer(whole), _LOOKED_AT)]


def _stem(word: str) -> str:
    """What a word shares with its other forms, roughly as the index's stemmer has it."""
    cut = re.sub(r"(?:ations?|ings?|ed|es|s|e|y|ies|ly)$", "", word.lower())
    return cut if len(cut) > 2 else word.lower()


# By their keys, which an index has in each report: that of layers would lead to all statements.
_STATEMENTS = (
    select(
        entries.c.report_n,
        entries.c.key,
        entries.c.said_by,
        entries.c.authority,
        entries.c.begins,
        entries.c.ends,
        entries.c.spans,
    )
    .where(among(entries.c.report_n), entries.c.key >= "s-", entries.c.key < "s.")
    .order_by(entries.c.ends - entries.c.begins)
)


def _voices(connection: Connection, places: Mapping[int, tuple[int, int]]) -> dict[int, Any]:
    """The innermost statement around the place in each report, where there is one."""
    found: dict[int, Any] = {}
    for row in connection.execute(_STATEMENTS, {NUMBERS: list(places)}):
        begins, ends = places[row.report_n]
        if row.report_n in found or row.begins > begins or row.ends < ends:
            continue
        if any(start <= begins and ends <= end for start, end in row.spans):
            found[row.report_n] = row
    return found

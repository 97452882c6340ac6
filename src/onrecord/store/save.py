"""Writes reports and their records into a store.

All of it wants the connection of `Store.write`: numbers are given out here, not by the database,
which is safe as there is one writer at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, update

from onrecord.errors import StoreError
from onrecord.export import telling
from onrecord.record import Record
from onrecord.store import dates, keys, load
from onrecord.store.indexing import index, index_new
from onrecord.store.packing import pack, squeeze
from onrecord.store.rows import insert, next_numbers
from onrecord.store.schema import actors, appearances, entries, raws, readings, reports, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a text was found, and what was known of it there."""

    place: str
    """The path or URL of the file, feed or archive."""
    name: str = ""
    """What the report is called there."""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    byline: str | None = None
    wire: Sequence[str] = field(default=())
    """The agencies credited."""
    media_type: str | None = None
    raw: bytes | None = None
    """What the text was taken from, where that isn't plain text."""


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def known(connection: Connection, text: str) -> int | None:
    """The number of the report with this text; None where the store hasn't got it."""
    row = connection.execute(
        select(reports.c.n, reports.c.sha256).where(reports.c.id == keys.report_id(text))
    ).first()
    if row is not None and row.sha256 != keys.sha256(text):
        raise StoreError(f"{keys.report_id(text)}: two texts have this id; the second is left out")
    return None if row is None else int(row.n)


def put(connection: Connection, record: Record, found: Found, *, reader: str) -> int:
    """Keeps a report and its record; returns its number.

    One whose text is there already keeps its record and only appears once more.
    """
    n = known(connection, record.text)
    if n is None:
        return _put(connection, record, found, reader)
    appear(connection, n, found)
    return n


def _put(connection: Connection, record: Record, found: Found, reader: str) -> int:
    """Keeps a report that isn't there."""
    id = keys.report_id(record.text)
    n, actor, entry = next_numbers(connection, reports, actors, entries)
    report = record.report
    row = {
        "n": n,
        "id": id,
        "sha256": keys.sha256(record.text),
        "title": _title(record),
        "published": report.published,
        "day": dates.day(report.published),
        "publisher": report.publisher,
        "byline": found.byline,
        "wire": list(found.wire),
        "language": report.language,
        "words": len(record.text.split()),
        "added_at": now(),
    }
    insert(connection, reports, [row])
    insert(connection, texts, [{"report_n": n, "title": row["title"], "text": record.text}])
    if found.raw is not None:
        raw = {"report_n": n, "media_type": found.media_type or "", "body": squeeze(found.raw)}
        insert(connection, raws, [raw])
    reading = {"report_n": n, "reader": reader, "read_at": now(), "body": pack(record)}
    insert(connection, readings, [reading])
    index_new(connection, n, id, record, (actor, entry))
    insert(connection, appearances, [_appearance(n, found)])
    return n


_TITLE = 200
"""Characters of a first line that stands in for a title."""


def _title(record: Record) -> str:
    """The report's title, else its first line."""
    return record.report.title or telling.shortened(telling.title(record), _TITLE)


def appear(connection: Connection, n: int, found: Found) -> None:
    """Notes that a report was found in this place too; once for each place and name."""
    there = select(appearances.c.n).where(
        appearances.c.report_n == n,
        appearances.c.place == found.place,
        appearances.c.name == found.name,
    )
    if connection.scalar(there) is None:
        insert(connection, appearances, [_appearance(n, found)])


def found_as(connection: Connection, place: str, name: str) -> str | None:
    """The id of the report that was found in this place under this name; None where none was."""
    joined = select(reports.c.id).join(appearances, appearances.c.report_n == reports.c.n)
    its = (appearances.c.place == place, appearances.c.name == name)
    found = connection.scalar(joined.where(*its).limit(1))
    return None if found is None else str(found)


def _appearance(n: int, found: Found) -> dict[str, str | int | None]:
    return {
        "report_n": n,
        "place": found.place,
        "name": found.name,
        "title": found.title,
        "published": found.published,
        "publisher": found.publisher,
        "byline": found.byline,
        "added_at": now(),
    }


def appeared(connection: Connection, n: int, rows: Iterable[Mapping[str, str | None]]) -> None:
    """Puts the appearances that another store knew of in the place of those known here."""
    connection.execute(delete(appearances).where(appearances.c.report_n == n))
    for row in rows:
        connection.execute(appearances.insert().values({**row, "report_n": n}))


def reread(connection: Connection, n: int, record: Record, *, reader: str) -> None:
    """Puts a new reading of report `n` in the place of the old one.

    Entries that are found again keep their rows and links; what people decided is applied again.
    """
    if record.text != load.text(connection, n):
        raise StoreError(f"report {n}: the record of another text can't be its reading")
    row = {"reader": reader, "read_at": now(), "body": pack(record)}
    connection.execute(update(readings).where(readings.c.report_n == n).values(row))
    index(connection, n, record)


def linked(connection: Connection, numbers: Iterable[int], by: str) -> None:
    """Notes that the linking of version `by` has seen these reports."""
    its = reports.c.n.in_(list(numbers))
    connection.execute(update(reports).where(its).values(linked_by=by))

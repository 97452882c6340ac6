"""What came in: reports, their texts, where they were found, what they were taken from."""

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from onrecord.store._columns import DAY, metadata, n, to

reports = Table(
    "reports",
    metadata,
    n(),
    Column("id", String(40), nullable=False, unique=True),  # "r-" and 20 hex digits of the text's
    Column("sha256", String(64), nullable=False),
    Column("title", Text),
    Column("published", String(40)),
    Column("day", DAY, nullable=False, default=""),
    Column("publisher", Text),
    Column("byline", Text),
    Column("wire", JSON, nullable=False, default=list),  # names of the agencies credited
    Column("language", String(10)),
    Column("words", Integer, nullable=False),
    Column("added_at", String(32), nullable=False),
    Column("linked_by", String(80)),  # version of the linking that has seen it; NULL: none yet
    Index("reports_day", "day", "n"),
    Index("reports_linked", "linked_by"),
)
"""A report: one text. The same text found elsewhere is one more appearance of it."""

texts = Table(
    "texts",
    metadata,
    to("reports.n", "report_n", key=True),
    Column("title", Text),
    Column("text", Text, nullable=False),
)
"""The exact text that all offsets point into; a trigger forbids to change it."""

appearances = Table(
    "appearances",
    metadata,
    n(),
    to("reports.n", "report_n"),
    Column("place", Text, nullable=False),  # path or URL of the file, feed or archive
    Column("name", Text, nullable=False, default=""),  # what it is called there
    Column("title", Text),
    Column("published", String(40)),
    Column("publisher", Text),
    Column("byline", Text),
    Column("added_at", String(32), nullable=False),
    UniqueConstraint("report_n", "place", "name", name="appearances_once"),
    Index("appearances_place", "place"),
)
"""Where a text was found, as often as it was."""

raws = Table(
    "raws",
    metadata,
    to("reports.n", "report_n", key=True),
    Column("media_type", String(80), nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
)
"""What a report was taken from, where that isn't plain text."""

readings = Table(
    "readings",
    metadata,
    to("reports.n", "report_n", key=True),
    Column("reader", String(80), nullable=False),  # versions of what made the record
    Column("read_at", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib of the record's JSON, without the text
)
"""The record of a report as the reader gave it; `entries` has it with the reviews applied."""

"""What people decided, and what is true of the whole store."""

from sqlalchemy import JSON, Column, Index, String, Table, Text

from onrecord.store._columns import metadata, n

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""`schema`: the version; what else is true of the whole store."""

reviews = Table(
    "reviews",
    metadata,
    n(),
    Column("id", String(40), nullable=False, unique=True),  # a random one, kept by exports
    Column("made_at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(10), nullable=False),  # accept ... reject, merge, split, distinct, undo
    Column("target", Text, nullable=False),  # an entry's, a catalogue actor's or a review's id
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("note", Text),
    Index("reviews_target", "target"),
)
"""What people decided, in order. Triggers forbid to change or delete a row, and nothing refers to
a row of another table, so that a decision outlives whatever it was about."""

"""What was given to a server to be added: kept until it is, so that no restart loses it."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from onrecord.store._columns import metadata, n, to

jobs = Table(
    "jobs",
    metadata,
    n(),
    Column("id", String(40), nullable=False, unique=True),  # a random one, that can't be guessed
    Column("made_at", String(32), nullable=False),
    Column("ended_at", String(32), nullable=False, default=""),
    Column("noted_at", String(32), nullable=False),  # when this row was last written
    Column("owner", String(120), nullable=False, default=""),  # host:process:token of its server
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("single", Boolean, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, working, done, failed, stopped
    Column("given", JSON, nullable=False),  # a text or an address; {}: files, or it is over
    Column("total", Integer),
    Column("tally", JSON, nullable=False),  # what became of how many
    Column("outcomes", JSON, nullable=False),  # of the last ones: place, what became of it, ...
    Column("why", Text, nullable=False, default=""),
    Index("jobs_state", "state"),
)
"""Jobs of servers, and what became of them."""

job_files = Table(
    "job_files",
    metadata,
    to("jobs.n", "job_n", key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),  # as its sender calls it
    Column("body", LargeBinary, nullable=False),
)
"""The files of jobs that aren't over."""

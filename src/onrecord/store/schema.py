"""The tables of the store, in SQLAlchemy Core, for SQLite and PostgreSQL alike.

Rows refer to each other by `n`, a number that means nothing outside one store. What a report or an
entry is called elsewhere is a hash of its identity: `reports.id` of the text alone, `entries.key`
and `actors.key` of layer and spans (or name) inside that text. Scores, catalogue actors and
reviews are no part of an identity, so a second reading finds what the first one left.

`day` is `YYYY-MM-DD`, cut from the report's date, or `""` where the date isn't known to the day:
an empty string sorts alike in both databases, NULL doesn't. The columns that repeat what another
table says (`roles.day`, `roles.party_n`, the counts of `claims`) are there so that every question
is answered from one index; `onrecord.store.catalogue` and the linking keep them in step, and
`onrecord doctor` checks that they are.
"""

from onrecord.store._columns import metadata
from onrecord.store._decided import meta, reviews
from onrecord.store._incoming import appearances, raws, readings, reports, texts
from onrecord.store._jobs import job_files, jobs
from onrecord.store._links import (
    affiliations,
    bands,
    catalogue,
    catalogue_names,
    claim_members,
    claims,
    disputes,
    memberships,
    origin_members,
    origins,
    signatures,
    versions,
)
from onrecord.store._said import actors, answers, entries, roles, tallies

__all__ = [
    "VERSION",
    "actors",
    "affiliations",
    "answers",
    "appearances",
    "bands",
    "catalogue",
    "catalogue_names",
    "claim_members",
    "claims",
    "disputes",
    "entries",
    "job_files",
    "jobs",
    "memberships",
    "meta",
    "metadata",
    "origin_members",
    "origins",
    "raws",
    "readings",
    "reports",
    "reviews",
    "roles",
    "signatures",
    "tallies",
    "texts",
    "versions",
]

VERSION = 2
"""The version of these tables: the number of migrations that make them."""

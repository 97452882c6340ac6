"""The last decision about something: what whoever decides next must have seen."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import ReviewOvertaken
from onrecord.store.schema import reviews

Seen = Mapping[str, str]
"""By the id of an entry or actor: the last review of it that a decision has seen, or ""."""


def latest(connection: Connection, target: str) -> str:
    """The id of the last review that bears on an entry or actor; empty where there is none."""
    found = bearing(connection, target)
    return max(found, key=found.__getitem__, default="")


def latest_of(connection: Connection, targets: Iterable[str]) -> dict[str, str]:
    """The same of several: entries that nobody decided about are found by one question."""
    wanted = list(dict.fromkeys(targets))
    known: set[str] = set()
    for k in range(0, len(wanted), 400):
        own = select(reviews.c.target).where(reviews.c.target.in_(wanted[k : k + 400]))
        known |= set(connection.scalars(own))
    return {
        one: latest(connection, one) if one in known or _of_actors(one) else "" for one in wanted
    }


def _of_actors(target: str) -> bool:
    """Whether merges and splits may bear on it."""
    report, _, key = target.partition(":")
    return report.startswith("c-") or key.startswith("a-")


def bearing(connection: Connection, target: str) -> dict[str, int]:
    """The numbers of the reviews that bear on an entry or actor, by their ids.

    An undo bears on what the review that it takes back was about; a merge, and that two are not
    one, on both actors, a split
    on the one they are parted from, the one they become, and each of them.
    """
    found = _about(connection, target)
    new = list(found)
    while new:
        undos = select(reviews.c.id, reviews.c.n).where(
            reviews.c.action == "undo", reviews.c.target.in_(new)
        )
        step = {row.id: row.n for row in connection.execute(undos)}
        new = [id for id in step if id not in found]
        found |= step
    return found


def latest_in(connection: Connection, report: str) -> dict[str, str]:
    """The last review of each entry of a report that somebody decided about, by the entry's key."""
    begins = reviews.c.target.between(f"{report}:", f"{report}:\uffff")
    own = select(reviews.c.id, reviews.c.n, reviews.c.target).where(begins)
    about = {row.id: (row.n, row.target.partition(":")[2]) for row in connection.execute(own)}
    new = list(about)
    while new:
        undos = select(reviews.c.id, reviews.c.n, reviews.c.target).where(
            reviews.c.action == "undo", reviews.c.target.in_(new)
        )
        rows = [row for row in connection.execute(undos) if row.id not in about]
        about |= {row.id: (row.n, about[row.target][1]) for row in rows}
        new = [row.id for row in rows]
    ordered = sorted(about.items(), key=lambda one: one[1][0])
    return {key: id for id, (_, key) in ordered}


def _about(connection: Connection, target: str) -> dict[str, int]:
    own = select(reviews.c.id, reviews.c.n).where(reviews.c.target == target)
    found: dict[str, int] = {row.id: row.n for row in connection.execute(own)}
    if _of_actors(target):
        of_actors = select(reviews).where(reviews.c.action.in_(("merge", "split", "distinct")))
        rows = connection.execute(of_actors)
        found |= {row.id: row.n for row in rows if target in _concerned(row)}
    return found


def _concerned(row: Row[Any]) -> set[str]:
    """The actors that a merge or split is about."""
    parted = row.before.get("actors", {})
    from_whom = {was["catalogue"] for was in parted.values() if was["catalogue"]}
    return {row.target, row.after["into"], *parted, *from_whom}


def check(connection: Connection, seen: Seen | None) -> None:
    """Raises `ReviewOvertaken` where somebody has decided since; wants the one that may write."""
    for target, id in (seen or {}).items():
        now = latest(connection, target)
        if now != id:
            last = select(reviews.c.who, reviews.c.made_at).where(reviews.c.id == now)
            row = connection.execute(last).first()
            who = f"{row.who} decided about it at {row.made_at}" if row else "it isn't what it was"
            raise ReviewOvertaken(f"{target}: {who}, since it was looked at; nothing was changed")

"""The jobs of a server in the store: what was given, how far it is, what became of it.

A job is written down before its sender is told of it, and again as it goes on. A server that
starts takes over what one that is gone has left, and goes on where that one stopped.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from onrecord.serve.jobs import KEPT, SHOWN, Did, Job
from onrecord.store import Store, rows
from onrecord.store.adding import Outcome
from onrecord.store.schema import job_files, jobs

GONE_AFTER = timedelta(minutes=15)
"""A server on another machine that has written nothing for so long is taken to be gone."""

UNFINISHED = ("waiting", "working")

_HERE: set[str] = set()
"""The owners in this process that are there."""


@dataclass(frozen=True, slots=True)
class Left:
    """A job that isn't over, and what was given to it."""

    job: Job
    given: Mapping[str, Any]
    files: Sequence[tuple[str, bytes]]


@dataclass
class Journal:
    """One server's view of the jobs in a store."""

    store: Store
    owner: str = field(
        default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    )

    def __post_init__(self) -> None:
        """Says that the owner is there."""
        _HERE.add(self.owner)

    def leave(self) -> None:
        """Lets another server take over what isn't over."""
        _HERE.discard(self.owner)

    def keep(self, job: Job, given: Mapping[str, Any], files: Sequence[tuple[str, Path]]) -> None:
        """Writes a new job down, with its files; forgets the oldest that are over."""
        with self.store.write() as connection:
            number = rows.next_number(connection, jobs)
            told = {**_told(job), "n": number, "id": job.id, "owner": self.owner}
            about = {"who": job.who, "what": job.what, "single": job.single, "given": dict(given)}
            connection.execute(jobs.insert().values({**told, **about}))
            for rank, (name, path) in enumerate(files):
                body = {"job_n": number, "rank": rank, "name": name, "body": path.read_bytes()}
                connection.execute(job_files.insert().values(body))
            _forget(connection)

    def note(self, job: Job) -> None:
        """Writes down how far a job is; what was given to it goes when it is over."""
        with self.store.write() as connection:
            told: dict[str, Any] = _told(job)
            if job.over:
                told["given"] = {}
                its = select(jobs.c.n).where(jobs.c.id == job.id).scalar_subquery()
                connection.execute(delete(job_files).where(job_files.c.job_n == its))
            connection.execute(update(jobs).where(jobs.c.id == job.id).values(told))

    def find(self, id: str) -> Job | None:
        """The job called `id`, of whichever server."""
        with self.store.read() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == id)).first()
        return None if row is None else _job(row)

    def last(self, many: int) -> list[Job]:
        """The last jobs, latest first, of whichever server."""
        with self.store.read() as connection:
            found = connection.execute(select(jobs).order_by(jobs.c.n.desc()).limit(many)).all()
        return [_job(row) for row in found]

    def take_over(self) -> list[Left]:
        """What servers that are gone have left, in order: it is this server's now."""
        with self.store.write() as connection:
            left = select(jobs).where(jobs.c.state.in_(UNFINISHED), jobs.c.owner != self.owner)
            found = connection.execute(left.order_by(jobs.c.n)).all()
            gone = {owner for owner in {row.owner for row in found} if _gone(connection, owner)}
            mine = [row for row in found if row.owner in gone]
            its = jobs.c.n.in_([row.n for row in mine])
            connection.execute(update(jobs).where(its).values(owner=self.owner, state="waiting"))
            return [_left(connection, row) for row in mine]


def _told(job: Job) -> dict[str, Any]:
    """What changes of a job."""
    return {
        "made_at": job.made_at.isoformat(timespec="seconds"),
        "ended_at": job.ended_at.isoformat(timespec="seconds") if job.ended_at else "",
        "noted_at": _now().isoformat(timespec="seconds"),
        "state": job.state,
        "total": job.total,
        "tally": dict(job.tally),
        "outcomes": [asdict(one) for one in tuple(job.outcomes)],
        "why": job.why,
    }


def _job(row: Row[Any], state: Did | None = None) -> Job:
    return Job(
        id=row.id,
        what=row.what,
        who=row.who,
        single=bool(row.single),
        state=state or row.state,
        total=row.total,
        tally=Counter(row.tally),
        outcomes=deque((Outcome(**one) for one in row.outcomes), maxlen=SHOWN),
        why=row.why,
        made_at=datetime.fromisoformat(row.made_at),
        ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
    )


def _left(connection: Connection, row: Row[Any]) -> Left:
    return Left(_job(row, "waiting"), row.given, _files(connection, row.n))


def _files(connection: Connection, number: int) -> list[tuple[str, bytes]]:
    query = select(job_files.c.name, job_files.c.body).where(job_files.c.job_n == number)
    return [(row.name, row.body) for row in connection.execute(query.order_by(job_files.c.rank))]


def _forget(connection: Connection) -> None:
    """Deletes the oldest jobs that are over, beyond `KEPT`."""
    over = select(jobs.c.n).where(jobs.c.state.not_in(UNFINISHED))
    old: Iterator[int] = connection.scalars(over.order_by(jobs.c.n.desc()).offset(KEPT))
    connection.execute(delete(jobs).where(jobs.c.n.in_(list(old))))


def _gone(connection: Connection, owner: str) -> bool:
    """Whether a server isn't there any more: its process, or any word of it for long."""
    host, _, rest = owner.partition(":")
    process = rest.partition(":")[0]
    if host == socket.gethostname() and process.isdecimal() and os.name == "posix":
        return owner not in _HERE if int(process) == os.getpid() else not _runs(int(process))
    noted = connection.scalar(select(func.max(jobs.c.noted_at)).where(jobs.c.owner == owner))
    return noted is None or _now() - datetime.fromisoformat(noted) > GONE_AFTER


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)

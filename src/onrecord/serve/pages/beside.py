"""What a report's page says beside its text: the record, and what the store knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from onrecord.export import telling, voices
from onrecord.record import (
    Actor,
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Record,
    Statement,
    Voiced,
)
from onrecord.serve.pages.window import Window
from onrecord.store import keys
from onrecord.store.catalogue import currents
from onrecord.store.decided import Decided
from onrecord.store.latest import latest_in
from onrecord.store.schema import (
    actors,
    catalogue,
    claim_members,
    claims,
    entries,
    memberships,
    reports,
)
from onrecord.views.decisions import Made, standing

ACTORS = 200
"""Actors of one report that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What other reports make of the same claim."""

    tellings: int
    deniers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A record, with the key and state of each entry, and who each actor is."""

    record: Record
    keys: Mapping[str, str]
    decided: Mapping[str, Made]
    """The decision that holds, by key; what nobody reviewed isn't here."""
    seen: Mapping[str, str]
    """The last review of what people decided about, by key: what a decision made here has seen."""
    known: Mapping[str, str]
    """The catalogue actor's id of an actor, where it has one."""
    claimed: Mapping[str, Elsewhere]
    """By key, of what is told more than once or denied."""
    window: Window
    """The part of the text that is shown."""

    @classmethod
    def of(cls, connection: Connection, n: int, decided: Decided, window: Window) -> Beside:
        """What the store knows of report `n`."""
        return cls(
            window=window,
            record=decided.record,
            keys=decided.key,
            decided=_decided(connection, n),
            seen=_seen(connection, n),
            known=_known(connection, n),
            claimed=_claimed(connection, n),
        )

    def key(self, id: str) -> str:
        """The key of an entry, which is its anchor on the page."""
        return self.keys[id]

    def link(self, id: str) -> str:
        """Where an entry stands: on this page, or on that of another part of the text."""
        part = self.window.part(self.record.entry(id))
        return ("" if part == self.window.number else f"?part={part}") + f"#{self.keys[id]}"

    @property
    def statements(self) -> list[Statement]:
        """The statements of this part of the text."""
        return [one for one in self.record.statements if self.window.has(one)]

    @property
    def events(self) -> list[Event]:
        """Its events."""
        return [one for one in self.record.events if self.window.has(one)]

    @property
    def proposals(self) -> list[Proposal]:
        """Its proposals."""
        return [one for one in self.record.proposals if self.window.has(one)]

    @property
    def positions(self) -> list[Position]:
        """Its positions."""
        return [one for one in self.record.positions if self.window.has(one)]

    @property
    def figures(self) -> list[Figure]:
        """Its figures."""
        return [one for one in self.record.figures if self.window.has(one)]

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors, `ACTORS` of them, with the first part."""
        return self.record.actors[:ACTORS] if self.window.number == 1 else ()

    def decision(self, id: str) -> Made | None:
        """What people decided about an entry, who and when; None where nobody did."""
        return self.decided.get(self.keys[id])

    def elsewhere(self, id: str) -> Elsewhere | None:
        """What other reports make of an entry's claim."""
        return self.claimed.get(self.keys[id])

    @property
    def runs(self) -> list[telling.Group]:
        """The statements in text order, together while they are of one source."""
        made = []
        for _, run in groupby(self.statements, key=self._source):
            told = tuple(run)
            ways = tuple(dict.fromkeys(one.authority for one in told))
            who, role = telling.who(self.record, told[0]), telling.role(self.record, told[0])
            made.append(telling.Group(who, role, ways, told))
        return made

    def _source(self, statement: Statement) -> tuple[str, ...]:
        return (*statement.speaker, telling.who(self.record, statement), statement.authority)

    @property
    def claims(self) -> list[tuple[str, HeadlineClaim]]:
        """The claims of the headline, each with the id that its words have in the text."""
        return [(f"h{n}", claim) for n, claim in enumerate(self.record.headline, start=1)]

    def claim_key(self, id: str) -> str:
        """The key of a claim of the headline."""
        return self.keys[keys.claim_id(int(id[1:]))]

    def verdict(self, claim: HeadlineClaim) -> list[voices.Phrase]:
        """Why a claim of the headline stands as it does."""
        return voices.verdict(self.record, claim)

    def voice(self, entry: Voiced) -> Statement | None:
        """The statement that asserts an entry; None for the report's own voice."""
        return self.record.voice_of(entry)

    def denied(self, entry: Voiced) -> list[str]:
        """The ids of the statements that deny an entry."""
        return list(voices.denied_by(self.record, entry))

    def answered(self, statement: Statement) -> tuple[list[str], list[str]]:
        """The ids of the statements that one answers: those that it denies, and that it echoes."""
        about = [self.record.statement(id) for id in voices.answered(self.record, statement)]
        other = [one.id for one in about if statement.act != "deny" or one.act != "deny"]
        return other, [one.id for one in about if one.id not in other]

    def addressed(self, statement: Statement) -> list[str]:
        """Those whom a statement is addressed to."""
        return [name for name in self.record.names(statement.to) if name not in statement.via]

    @property
    def parties(self) -> list[tuple[str, list[Position]]]:
        """The positions by party, in the order in which parties first take one."""
        found: dict[str, list[Position]] = {}
        for position in self.positions:
            found.setdefault(telling.parties(self.record, position), []).append(position)
        return list(found.items())

    def taken_up(self, proposal: Proposal) -> list[Position]:
        """The positions taken up towards a proposal."""
        return telling.taken_up(self.record).get(proposal.id, [])

    def named(self, ids: Iterable[str]) -> str:
        """The names of actors as a sentence has them."""
        return telling.listed(self.record.names(ids))

    def about(self, actor: Actor) -> str:
        """What the report says of an actor: kind, role, whose it is, other names."""
        also = f"also {', '.join(actor.aliases)}" if actor.aliases else ""
        told = (actor.kind, actor.role, telling.belongs_to(self.record, actor), also)
        return " · ".join(part for part in told if part)


def _decided(connection: Connection, n: int) -> dict[str, Made]:
    report = connection.scalar(select(reports.c.id).where(reports.c.n == n))
    return standing(connection, str(report))


def _seen(connection: Connection, n: int) -> dict[str, str]:
    report = connection.scalar(select(reports.c.id).where(reports.c.n == n))
    return latest_in(connection, str(report))


def _known(connection: Connection, n: int) -> dict[str, str]:
    query = (
        select(actors.c.local, memberships.c.catalogue_n)
        .join(memberships, memberships.c.actor_n == actors.c.n)
        .where(actors.c.report_n == n, memberships.c.catalogue_n.is_not(None))
    )
    member = {row.local: row.catalogue_n for row in connection.execute(query)}
    now = currents(connection, member.values())
    numbers = {now.get(k, k) for k in member.values()}
    called = select(catalogue.c.n, catalogue.c.id).where(catalogue.c.n.in_(numbers))
    ids = {row.n: row.id for row in connection.execute(called)}
    return {local: ids[now.get(k, k)] for local, k in member.items() if now.get(k, k) in ids}


def _claimed(connection: Connection, n: int) -> dict[str, Elsewhere]:
    query = (
        select(entries.c.key, claims.c.tellings, claims.c.deniers)
        .join(claim_members, claim_members.c.entry_n == entries.c.n)
        .join(claims, claims.c.n == claim_members.c.claim_n)
        .where(entries.c.report_n == n, claim_members.c.side == "supports")
        .where((claims.c.tellings > 1) | (claims.c.deniers > 0))
    )
    return {
        row.key: Elsewhere(tellings=row.tellings, deniers=row.deniers)
        for row in connection.execute(query)
    }

"""Who the actors of reports are, in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from onrecord.linking import actors as rules
from onrecord.linking.actors import MADE_BY, Resolved
from onrecord.linking.kept import affiliations, catalogue
from onrecord.linking.kept.catalogue import Part
from onrecord.record import Record
from onrecord.store.catalogue import Membership, assign
from onrecord.store.schema import actors

Who = Mapping[str, Resolved]
"""Who each actor of a record is, by its id there."""


def link(connection: Connection, records: Mapping[int, Record], part: Part) -> None:
    """Says who the actors of these reports are, and what the reports call them."""
    wanted = (rules.wanted(record) for record in records.values())
    catalogue.load(connection, part, set().union(*wanted))
    resolved = {n: rules.resolve(record, part.catalogue) for n, record in records.items()}
    touched = (
        id for who in resolved.values() for one in who.values() for id in (one.id, one.party) if id
    )
    catalogue.write(connection, part, touched)
    assign(connection, _memberships(connection, resolved, part))
    affiliations.link(connection, records, resolved, part)


def _memberships(
    connection: Connection, resolved: Mapping[int, Who], part: Part
) -> Iterator[Membership]:
    query = select(actors.c.report_n, actors.c.local, actors.c.n)
    for row in connection.execute(query.where(actors.c.report_n.in_(list(resolved)))).all():
        one = resolved[row.report_n].get(row.local)
        if one is not None:
            yield Membership(
                actor_n=row.n,
                catalogue_n=part.number(one.id),
                party_n=part.number(one.party),
                made_by=MADE_BY,
            )

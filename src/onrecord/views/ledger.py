"""What was proposed, on what terms, what for what, and what each party answered, by date."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.store.names import norm
from onrecord.store.schema import answers, claim_members, entries
from onrecord.views.among import NUMBERS, among
from onrecord.views.filters import Filters, latest
from onrecord.views.superseding import superseding
from onrecord.views.telling import Part, Told, claims_of, named, origins, parts, told

_TELLINGS = 3
"""Tellings looked at for each proposal shown."""

ROLES = ("by", "to", "mediator")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTerm:
    """One term, and who would give or do it."""

    told: Told
    giver: tuple[str, ...]
    for_: tuple[str, ...] = ()
    """The keys of the terms that it is the price of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a party answered, on whose word."""

    who: tuple[str, ...]
    stance: str
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One proposal, in however many tellings."""

    first_day: str
    last_day: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    mediators: tuple[str, ...]
    told: Told
    tellings: int
    origins: int
    terms: tuple[LedgerTerm, ...]
    exchange: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Pairs of lists of terms' entries, each the price of the other."""
    answers: tuple[Answer, ...]
    superseded_by: str = ""
    """The entry of the later proposal by the same party on the same topics."""
    added: tuple[str, ...] = ()
    """Topics that this one has and the one it supersedes had not."""
    dropped: tuple[str, ...] = ()


def ledger(connection: Connection, filters: Filters) -> list[LedgerRow]:
    """The last proposals, latest first."""
    return part(connection, filters)[0]


def part(
    connection: Connection,
    filters: Filters,
    *,
    skip: int = 0,
    near: int = 0,
    passages: bool = True,
) -> tuple[list[LedgerRow], list[LedgerRow]]:
    """The proposals behind the first `skip`, latest first, and `near` of those before them.

    Which supersedes which is told of all these, and so without looking at all that came later.
    Without the sentences around the words (`passages`) they are got in half the time.
    """
    whole = replace(filters, limit=skip + filters.limit)
    groups = list(_grouped(connection, _latest(connection, whole)).values())[: whole.limit]
    start = max(0, skip - near)
    before = {n for group in groups[start:skip] for n in group}
    rows = _rows(connection, groups[start:], passages=passages)
    ordered = superseding(sorted(rows, key=lambda row: (row.first_day, row.told.n)))
    ordered.reverse()
    shown = [row for row in ordered if row.told.n not in before]
    return shown, [row for row in ordered if row.told.n in before]


def _latest(connection: Connection, filters: Filters) -> list[int]:
    """The proposals that the filters let through; a topic is that of one of their terms."""
    many = filters.limit * _TELLINGS
    if not filters.topic:
        return latest(connection, "proposals", filters, parts=ROLES, many=many)
    terms = latest(connection, "terms", filters, parts=(*ROLES, "giver"), many=many * 2)
    parent = dict(connection.execute(_PARENTS, {NUMBERS: terms}).all())
    return list(dict.fromkeys(parent[n] for n in terms if parent.get(n) is not None))


_PARENTS = select(entries.c.n, entries.c.parent_n).where(among(entries.c.n))
_CHILDREN = (
    select(entries.c.n, entries.c.parent_n).where(among(entries.c.parent_n)).order_by(entries.c.n)
)
_TELLINGS_OF = select(claim_members.c.claim_n, claim_members.c.entry_n).where(
    among(claim_members.c.claim_n), claim_members.c.side == "supports"
)
_ANSWERS = select(answers.c.to_n, answers.c.entry_n).where(
    among(answers.c.to_n), answers.c.kind == "on"
)
_PRICES = select(entries.c.n, entries.c.exchange).where(
    among(entries.c.n), entries.c.exchange.is_not(None)
)
"""Made once: a query takes as long to make as its rows to find."""


def _grouped(connection: Connection, numbers: Sequence[int]) -> dict[object, list[int]]:
    """Proposals by the claim they tell, with the tellings that the filters left out."""
    claim = claims_of(connection, numbers)
    members: dict[int, list[int]] = defaultdict(list)
    rows = connection.execute(_TELLINGS_OF, {NUMBERS: sorted(set(claim.values()))})
    for claim_n, entry_n in rows.all():
        members[claim_n].append(entry_n)
    made: dict[object, list[int]] = {}
    for n in numbers:
        key = claim.get(n)
        made[key or ("alone", n)] = members[key] if key else [n]
    return made


def _rows(
    connection: Connection, groups: Sequence[Sequence[int]], *, passages: bool
) -> list[LedgerRow]:
    """A row for each group of tellings, with a query for each kind of thing, not for each row."""
    proposals = [n for group in groups for n in group]
    term_of = _children(connection, proposals)
    terms = [n for some in term_of.values() for n in some]
    answered = _answers(connection, [*proposals, *terms])
    replies = [n for some in answered.values() for n in some]
    lines = told(connection, [*proposals, *terms, *replies], passages=passages)
    involved = parts(connection, [*proposals, *terms, *replies])
    prices = _prices(connection, proposals)
    return [
        _row([n for n in group if n in lines], term_of, answered, lines, involved, prices)
        for group in groups
        if any(n in lines for n in group)
    ]


def _children(connection: Connection, proposals: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for n, parent_n in connection.execute(_CHILDREN, {NUMBERS: proposals}).all():
        found[parent_n].append(n)
    return found


def _answers(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The positions taken up on these proposals and terms."""
    found: dict[int, list[int]] = defaultdict(list)
    for to_n, entry_n in connection.execute(_ANSWERS, {NUMBERS: numbers}).all():
        found[to_n].append(entry_n)
    return found


def _prices(connection: Connection, proposals: Sequence[int]) -> dict[int, list[list[list[str]]]]:
    rows = connection.execute(_PRICES, {NUMBERS: proposals})
    return {row.n: row.exchange or [] for row in rows}


def _row(
    group: list[int],
    term_of: dict[int, list[int]],
    answered: dict[int, list[int]],
    lines: dict[int, Told],
    involved: dict[int, list[Part]],
    prices: dict[int, list[list[list[str]]]],
) -> LedgerRow:
    tellings = sorted((lines[n] for n in group), key=lambda one: (one.day, one.n))
    fullest = max(tellings, key=lambda one: len(term_of.get(one.n, ())))
    people = [part for one in tellings for part in involved.get(one.n, ())]
    terms = _distinct([lines[n] for one in tellings for n in term_of.get(one.n, ()) if n in lines])
    on = [*group, *(n for one in group for n in term_of.get(one, ()))]
    replies = sorted(
        {n: lines[n] for to in on for n in answered.get(to, ()) if n in lines}.values(),
        key=lambda one: (one.day, one.n),
    )
    by = named(people, "by")
    return LedgerRow(
        first_day=tellings[0].day,
        last_day=max(one.day for one in [*tellings, *replies]),
        by=by,
        to=named(people, "to"),
        mediators=named(people, "mediator"),
        told=fullest,
        tellings=len(tellings),
        origins=origins(tellings),
        terms=tuple(LedgerTerm(told=t, giver=named(involved.get(t.n, ()), "giver")) for t in terms),
        exchange=_exchange(fullest, prices.get(fullest.n, [])),
        answers=_replies(replies, involved, by),
    )


_OWN = ("demands", "offers", "requires")
"""Stances that a party takes up in its own proposal: they are no answer to it."""


def _replies(
    replies: list[Told], involved: dict[int, list[Part]], by: tuple[str, ...]
) -> tuple[Answer, ...]:
    """The answers by date, once for each party, stance, topic and report."""
    made: dict[object, Answer] = {}
    for one in replies:
        who = named(involved.get(one.n, ()), "by")
        if one.label not in _OWN or not set(who) <= set(by):
            key = (who, one.label, one.topic, one.report)
            made.setdefault(key, Answer(who=who, stance=one.label, told=one))
    return tuple(made.values())


def _distinct(terms: list[Told]) -> list[Told]:
    """Terms told in several reports, once: by their claim, else by their words."""
    seen: dict[object, Told] = {}
    for term in terms:
        seen.setdefault(term.claim_n or (term.topic, norm(term.quote)), term)
    return list(seen.values())


def _exchange(
    proposal: Told, pairs: list[list[list[str]]]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The terms that are each other's price, by their entries' ids."""
    return tuple(
        (
            tuple(f"{proposal.report}:{key}" for key in given),
            tuple(f"{proposal.report}:{key}" for key in taken),
        )
        for given, taken in pairs
    )

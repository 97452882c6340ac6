"""On whose word an entry stands, who denies it, and what bears out a claim of the headline."""

from collections.abc import Iterable

from onrecord.export.telling import inside, who
from onrecord.record import Actor, Entry, HeadlineClaim, Record, Statement, Term, Voiced

Phrase = tuple[str, tuple[str, ...]]
"""Some words, and the ids of the statements that they speak of."""


def verdict(record: Record, claim: HeadlineClaim) -> list[Phrase]:
    """Why a claim of the headline stands as it does: phrases, each with its statements' ids."""
    if claim.support == "none":
        return [("the text doesn't say so", ())]
    bearing, author = _bearing(record, claim)
    denying = [s for s in bearing if s.act == "deny"]
    telling = [s for s in bearing if s.act != "deny"]
    phrases = _told(record, telling)
    if author:
        phrases.insert(0, ("the report says so itself", ()))
    if claim.support == "unsourced":
        phrases = [("the text repeats it, nobody stands behind it", tuple(s.id for s in telling))]
    phrases += [(f"denied by {inside(name)}", ids) for name, ids in _by_source(record, denying)]
    return phrases or [("the text has it", ())]


def _bearing(record: Record, claim: HeadlineClaim) -> tuple[list[Statement], bool]:
    """The statements that bear on a claim, in text order, and whether the report's voice does."""
    found: dict[str, Statement] = {}
    author = False
    for id in claim.by:
        entry = record.entry(id)
        told_by = voice(record, entry)
        author = author or told_by is None
        if told_by is not None:
            found[told_by.id] = told_by
    return [statement for statement in record.statements if statement.id in found], author


def voice(record: Record, entry: Entry) -> Statement | None:
    """The statement that an entry is, or that asserts it; None for the report's own voice."""
    if isinstance(entry, Statement):
        return entry
    return None if isinstance(entry, Actor | Term) else record.voice_of(entry)


def _told(record: Record, telling: list[Statement]) -> list[Phrase]:
    return [(f"on the word of {inside(name)}", ids) for name, ids in _by_source(record, telling)]


def _by_source(record: Record, statements: Iterable[Statement]) -> list[Phrase]:
    by: dict[str, list[str]] = {}
    for statement in statements:
        by.setdefault(who(record, statement), []).append(statement.id)
    return [(name, tuple(ids)) for name, ids in by.items()]


def on_whose_word(record: Record, entry: Voiced) -> str:
    """The name of the voice that asserts `entry`; "the report itself" for the report's own."""
    told_by = record.voice_of(entry)
    return "the report itself" if told_by is None else who(record, told_by)


def denied_by(record: Record, entry: Voiced) -> tuple[str, ...]:
    """The ids of the statements that deny `entry`, or the voice that tells it."""
    return tuple(statement.id for statement in record.denials(entry))


def answered(record: Record, statement: Statement) -> tuple[str, ...]:
    """The ids of the statements that `statement` answers, through the entries its `about` names."""
    found: list[str] = []
    for id in statement.about:
        entry = record.entry(id)
        told_by = voice(record, entry)
        if told_by is not None and told_by.id not in found and told_by.id != statement.id:
            found.append(told_by.id)
    return tuple(found)

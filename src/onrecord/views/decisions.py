"""What people decided: about the entries of a report, and all of it in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.store import decided
from onrecord.store.latest import bearing
from onrecord.store.schema import catalogue, reviews
from onrecord.vocabulary import AUTHOR

Json = Mapping[str, Any]

UNTOLD = ("id", "origin", "confidence", "terms")
"""Fields of an entry that a decision doesn't tell of."""

WORDS: Mapping[str, str] = {
    "events": "trigger",
    "terms": "what",
    "positions": "what",
    "figures": "span",
    "headline": "claim",
}
"""The field with the words of an entry; `content` of a statement, `name` of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field before and after a correction, as people read it."""

    field: str
    then: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One decision, told."""

    id: str
    made_at: str
    who: str
    action: str
    """accept, correct, reject, merge, split, distinct (not the same) or undo."""
    target: str
    about: str
    """The entry or actor that it is about; of an undo, that of what is undone."""
    layer: str
    words: str
    """The words of the entry, or the name of the actor."""
    into: str
    """Whom an actor was merged with, or is, or isn't."""
    undone: str
    """Of an undo, the action that it takes back."""
    changes: tuple[Change, ...]
    note: str
    holds: bool
    """Whether no later one has undone it."""

    @property
    def says(self) -> str:
        """What was decided; of an undo, what it takes back."""
        return self.undone or self.action

    @property
    def on_entry(self) -> bool:
        """Whether it is about an entry, not an actor of the catalogue."""
        return ":" in self.about


def standing(connection: Connection, report: str) -> dict[str, Made]:
    """The decision that holds for each entry of a report, by the entry's key."""
    begins = reviews.c.target.between(f"{report}:", f"{report}:\uffff")
    found = _made(connection, select(reviews).where(begins).order_by(reviews.c.n))
    return {
        one.target.partition(":")[2]: one
        for one in found
        if one.holds and one.action in ("accept", "correct", "reject")
    }


def of(connection: Connection, target: str) -> list[Made]:
    """Every decision about an entry or actor, and what was undone of it, the last first."""
    own = list(bearing(connection, target))
    query = select(reviews).where(reviews.c.id.in_(own)).order_by(reviews.c.n.desc())
    return list(_made(connection, query)) if own else []


def log(connection: Connection, *, who: str = "", skip: int = 0, limit: int = 50) -> list[Made]:
    """All decisions, or one person's, the last first."""
    query = select(reviews).order_by(reviews.c.n.desc()).offset(skip).limit(limit)
    if who:
        query = query.where(reviews.c.who == who)
    return list(_made(connection, query))


def one(connection: Connection, id: str) -> Made | None:
    """The decision called `id`; None where there is none."""
    found = _made(connection, select(reviews).where(reviews.c.id == id))
    return next(iter(found), None)


def _made(connection: Connection, query: Any) -> Iterator[Made]:
    rows = connection.execute(query).all()
    off = decided.undone(connection) if rows else frozenset()
    for row in rows:
        yield _told(connection, row, row.id not in off)


def _told(connection: Connection, row: Row[Any], holds: bool) -> Made:
    about = _root(connection, row)
    held = about.before.get("entry") or about.after.get("entry") or {}
    layer = str(about.before.get("layer") or about.after.get("layer") or "")
    return Made(
        id=row.id,
        made_at=row.made_at,
        who=row.who,
        action=row.action,
        target=row.target,
        about=about.target,
        layer=layer,
        words=words(layer, held) if held else _who(connection, about),
        into=_into(connection, about),
        undone=_undone(connection, row),
        changes=tuple(changes(about.before, about.after)) if row.action == "correct" else (),
        note=row.note or "",
        holds=holds,
    )


def _root(connection: Connection, row: Row[Any]) -> Row[Any]:
    """What a review is about in the end: of an undo, the review that it takes back."""
    while row.action == "undo":
        found = connection.execute(select(reviews).where(reviews.c.id == row.target)).first()
        if found is None:
            return row
        row = found
    return row


def _undone(connection: Connection, row: Row[Any]) -> str:
    if row.action != "undo":
        return ""
    return str(connection.scalar(select(reviews.c.action).where(reviews.c.id == row.target)) or "")


def _who(connection: Connection, row: Row[Any]) -> str:
    if row.action == "split":
        return ", ".join(dict.fromkeys(was["name"] for was in row.before["actors"].values()))
    name = select(catalogue.c.name).where(catalogue.c.id == row.target)
    return str(connection.scalar(name) or row.target)


def _into(connection: Connection, row: Row[Any]) -> str:
    if row.action not in ("merge", "split", "distinct"):
        return ""
    if row.after.get("name"):
        return str(row.after["name"])
    name = select(catalogue.c.name).where(catalogue.c.id == row.after["into"])
    return str(connection.scalar(name) or row.after["into"])


# ---- entries as people read them -----------------------------------------------------------------


def words(layer: str, entry: Json) -> str:
    """The words that an entry is known by."""
    if not entry:
        return ""
    if layer == "statements":
        return shown(entry["content"], {})
    if layer == "proposals" and not entry.get("name"):
        return " … ".join(shown(term["what"], {}) for term in entry.get("terms", ()))
    return shown(entry.get(WORDS.get(layer, "name")), {})


def changes(before: Json, after: Json) -> Iterator[Change]:
    """The fields that differ; `before` and `after` are what a review holds."""
    then, now = before.get("entry") or {}, after.get("entry") or {}
    needs = {**before.get("needs", {}), **after.get("needs", {})}
    for field in then:
        if field not in UNTOLD and field in now and then[field] != now[field]:
            yield Change(field=field, then=shown(then[field], needs), now=shown(now[field], needs))


def shown(value: Any, needs: Json) -> str:
    """A field's value as people read it: words for spans, names for keys; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return " ".join(str(value.get("text", "")).split())
    if isinstance(value, list | tuple):
        return _listed(value, needs)
    if value == AUTHOR:
        return "the report"
    if isinstance(value, str) and value in needs:
        needed = needs[value]
        return words(needed["layer"], needed["entry"])
    return str(value)


def _listed(value: Sequence[Any], needs: Json) -> str:
    gap = " … " if _spans(value) else ", "
    return gap.join(shown(one, needs) for one in value)


def _spans(value: Iterable[Any]) -> bool:
    return all(isinstance(one, Mapping) for one in value)

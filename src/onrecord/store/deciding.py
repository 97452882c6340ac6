"""The parts of a review: what an entry holds, what a change makes of it, who an actor is."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from onrecord import vocabulary
from onrecord.errors import RecordError, StoreError
from onrecord.store import catalogue as known
from onrecord.store import decided, keys, load
from onrecord.store.names import norm
from onrecord.store.schema import actors, catalogue, memberships, reports

Json = dict[str, Any]

_NEEDED = (
    "speaker", "actors", "recipients", "by", "mediators", "giver", "to", "of", "within", "voice",
)  # fmt: skip
"""Fields whose entries go with a decision; what it merely answers doesn't."""


def entry(connection: Connection, target: str) -> tuple[int, str, decided.Decided]:
    """The report's number, the key and the record behind an entry's id."""
    report, _, key = target.partition(":")
    n = load.number(connection, report)
    record = load.as_decided(connection, n)
    if decided.find(decided.keyed(record), key) is None:
        raise StoreError(f"{target}: there is no such entry")
    return n, key, record


def holding(record: decided.Decided, key: str) -> Json:
    """The entry with its keys, and what it needs to stand in another reading."""
    data = decided.keyed(record)
    found = decided.find(data, key)
    assert found is not None
    return _with_needs(data, found[0][found[1]], key)


def _with_needs(data: Json, whole: Json, key: str) -> Json:
    needs: Json = {}
    _gather(data, whole, needs)
    needs.pop(key, None)
    made: Json = {"layer": _layer(data, key), "entry": whole, "needs": needs}
    if key.startswith("t-"):
        made["parent"] = next(
            p["id"] for p in data["proposals"] if any(t["id"] == key for t in p["terms"])
        )
    return made


def _gather(data: Json, whole: Json, needs: Json) -> None:
    for field in _NEEDED:
        value = whole.get(field)
        ids = [id for id in (value if isinstance(value, list) else [value]) if isinstance(id, str)]
        for id in ids:
            found = None if id in needs else decided.find(data, id)
            if found is not None:
                needs[id] = {"layer": _layer(data, id), "entry": found[0][found[1]]}
                _gather(data, found[0][found[1]], needs)


def _layer(data: Json, key: str) -> str:
    for layer in decided.LAYERS:
        if any(one["id"] == key for one in data[layer]):
            return layer
    return "terms"


def changed(
    record: decided.Decided,
    key: str,
    changes: Mapping[str, Any],
    new: Sequence[Mapping[str, str]] = (),
) -> Json:
    """What the entry holds once `changes` are made; raises `StoreError` for a field it hasn't.

    `new` are actors that the record lacks, as `onrecord.store.reviews.correct` has them.
    """
    data = decided.keyed(record)
    names = {**record.key, **{actor["id"]: _joined(data, actor) for actor in new}}
    found = decided.find(data, key)
    assert found is not None
    before = found[0][found[1]]
    strange = set(changes) - (set(before) - {"id"})
    if strange:
        legal = ", ".join(name for name in before if name != "id")
        raise StoreError(f"{key}: has no {', '.join(sorted(strange))} to correct; legal: {legal}")
    spanned = {name: _spanned(value, record.record.text) for name, value in changes.items()}
    whole = decided.rename({**before, **spanned}, names)
    return _with_needs(data, whole, key)


def _joined(data: Json, actor: Mapping[str, str]) -> str:
    """The key of an actor that joins a record: of the one that is called so, where there is one."""
    name, kind = " ".join(actor["name"].split()), actor["kind"]
    if not name or kind not in vocabulary.KINDS:
        kinds = ", ".join(vocabulary.KINDS)
        raise RecordError(f"an actor wants a name and a kind ({kinds}): {name[:40]!r}, {kind!r}")
    for there in data["actors"]:
        if norm(there["name"]) == norm(name):
            return str(there["id"])
    key = keys.entry_key("actors", f"{kind}|{name}")
    plain: Json = {"aliases": [], "of": None, "role": None, "origin": None, "confidence": None}
    data["actors"].append({"id": key, "name": name, "kind": kind, **plain})
    return key


def _spanned(value: Any, text: str) -> Any:
    """A span with its text, where it has only offsets."""
    if isinstance(value, list):
        return [_spanned(one, text) for one in value]
    if isinstance(value, Mapping) and "start" in value and "text" not in value:
        return {**value, "text": text[value["start"] : value["end"]]}
    return value


# ---- actors --------------------------------------------------------------------------------------


def membership(connection: Connection, id: str) -> Json:
    """Who an actor of a record is taken for, by ids; with its name, to know it again by."""
    n = _actor(connection, id)
    if n is None:
        raise StoreError(f"{id}: there is no such actor")
    name = connection.scalar(select(actors.c.name).where(actors.c.n == n))
    row = connection.execute(select(memberships).where(memberships.c.actor_n == n)).first()
    ids = {number: _id(connection, number) for number in (row[1:3] if row else ())}
    return {
        "name": name,
        "catalogue": ids.get(row.catalogue_n) if row else None,
        "party": ids.get(row.party_n) if row else None,
        "made_by": row.made_by if row else "",
    }


def _id(connection: Connection, n: int | None) -> str | None:
    found = connection.scalar(select(catalogue.c.id).where(catalogue.c.n == n))
    return None if found is None else str(found)


def _actor(connection: Connection, id: str, name: str = "") -> int | None:
    """The number of an actor by its id, else of the one in its report that is called so."""
    report, _, key = id.partition(":")
    its = select(actors.c.n).join(reports, reports.c.n == actors.c.report_n)
    mine = its.where(reports.c.id == report)
    found = connection.scalar(mine.where(actors.c.key == key))
    if found is None and name:
        found = connection.scalar(mine.where(actors.c.norm == norm(name)).limit(1))
    return None if found is None else int(found)


def settle_merge(connection: Connection, target: str, into: str) -> None:
    """Merges two catalogue actors where both are there and apart."""
    found = {
        row.id: row.n
        for row in connection.execute(
            select(catalogue.c.id, catalogue.c.n).where(catalogue.c.id.in_((target, into)))
        )
    }
    if len(found) == 2 and known.current(connection, found[into]) != found[target]:
        known.merge(connection, found[target], found[into])


def settle_split(connection: Connection, before: Json, after: Json) -> None:
    """Makes the actors of a split who the review says they are."""
    into = _into(connection, before, after)
    party = connection.scalar(select(catalogue.c.party_n).where(catalogue.c.n == into))
    given = []
    for id in after["actors"]:
        n = _actor(connection, id, before["actors"][id]["name"])
        if n is not None:
            given.append(
                known.Membership(
                    actor_n=n, catalogue_n=into, party_n=party or into, made_by=known.REVIEW
                )
            )
    known.assign(connection, given)


def _into(connection: Connection, before: Json, after: Json) -> int:
    """The catalogue actor that a split leads to, made where it is new."""
    found = connection.scalar(select(catalogue.c.n).where(catalogue.c.id == after["into"]))
    if found is not None:
        return int(found)
    if not after["name"]:
        raise StoreError(f"{after['into']}: there is no such catalogue actor")
    first = next(iter(before["actors"]))
    n = _actor(connection, first, before["actors"][first]["name"])
    kind = connection.scalar(select(actors.c.kind).where(actors.c.n == n)) or "group"
    return known.create(connection, after["into"], after["name"], str(kind))


def unsettle_split(connection: Connection, before: Json) -> None:
    """Makes the actors of a split who they were before it."""
    for id, was in before["actors"].items():
        n = _actor(connection, id, was["name"])
        if n is None:
            continue
        numbers = {
            what: connection.scalar(select(catalogue.c.n).where(catalogue.c.id == was[what]))
            for what in ("catalogue", "party")
        }
        back = known.Membership(
            actor_n=n,
            catalogue_n=numbers["catalogue"],
            party_n=numbers["party"],
            made_by=known.REVIEW,
        )
        known.assign(connection, [back])
        mine = memberships.c.actor_n == n
        connection.execute(update(memberships).where(mine).values(made_by=was["made_by"] or "none"))

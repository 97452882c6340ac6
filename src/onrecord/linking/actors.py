"""Actors across reports: who of one record is who of another.

Every actor of a record has surfaces, its name and aliases. Each surface is resolved alone, by the
gazetteers or by what the catalogue knows, and the actor is whoever most of its mentions name: one
wrong alias in a record doesn't carry a catalogue actor away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.linking import known, people
from onrecord.linking.catalogue import Catalogue, Known, identity
from onrecord.linking.names import norm
from onrecord.linking.surfaces import abbreviates, core, introduced, is_name
from onrecord.record import Actor, Record

MADE_BY = "rule:actors/1"
NAMED = 1.0
"""What the vote of an actor's name counts more than that of an alias."""
LOUDEST = 3
"""At most what one surface's vote counts: the actor that a report names most shouldn't outvote the
name of every record actor that has taken in one wrong mention of it."""
ORGANISED = frozenset(("group", "body", "media", "state"))
"""Kinds of actors whose descriptions hold their names; of people, they hold those of others."""
_ARTICLE = re.compile(r"\A(?:the|a|an) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who an actor of a record is: the id of a catalogue actor, and whose side it is on here."""

    id: str | None
    party: str | None


def wanted(record: Record) -> set[str]:
    """The normalised names to look up before a record can be resolved."""
    out = {norm(name) for name in introduced(record.text).values()}
    for actor in record.actors:
        for surface in (actor.name, *actor.aliases, actor.of or ""):
            out.update(_lookups(surface))
        if actor.kind == "person":
            out.update(_lookups(people.fuller(actor.name, record.text)))
    return out - {""}


@lru_cache(maxsize=known.REMEMBERED)
def _lookups(surface: str) -> frozenset[str]:
    bare = people.bare(surface)
    country = known.state(surface) or known.belongs(surface) or ""
    listed = known.ORGANISATIONS.get(norm(surface), "")
    written = (surface, bare, *people.surnames(bare), core(surface), listed, country)
    return frozenset(map(norm, written))


@dataclass(slots=True)
class _Report:
    """What one report says about names, and whom its actors are so far."""

    text: str
    acronyms: dict[str, str]
    weights: Counter[str]
    chosen: dict[str, Known | None] = field(default_factory=dict)

    def persons(self) -> list[Known]:
        """The persons found so far."""
        return [one for one in self.chosen.values() if one and one.kind == "person"]


def resolve(record: Record, catalogue: Catalogue) -> dict[str, Resolved]:
    """Who each actor of a record is; new catalogue actors are made as needed.

    An unnamed source is nobody who could be known elsewhere: it has only a party.
    """
    seen = _Report(record.text, introduced(record.text), _weights(record))
    for actor in sorted(record.actors, key=lambda a: -len(people.bare(a.name).split())):
        seen.chosen[actor.id] = _who(actor, catalogue, seen)
    return {
        actor.id: Resolved(_id(seen.chosen[actor.id]), _party(actor, seen.chosen, catalogue))
        for actor in record.actors
    }


def _id(actor: Known | None) -> str | None:
    return actor.id if actor else None


def _weights(record: Record) -> Counter[str]:
    """What each surface's vote counts: as often as it stands in the text, `LOUDEST` at most."""
    text = record.text
    surfaces = {s for actor in record.actors for s in (actor.name, *actor.aliases)}
    return Counter({s: min(LOUDEST, max(1, text.count(_ARTICLE.sub("", s)))) for s in surfaces})


def _who(actor: Actor, catalogue: Catalogue, seen: _Report) -> Known | None:
    """Whom most mentions of a record's actor name.

    Each surface votes for one, and one gets what its loudest surface has: an alias that is written
    in three ways isn't three aliases. What nobody knows yet is voted for by the name it would get.
    """
    votes: dict[str, float] = {}
    fresh: dict[str, str] = {}
    for k, surface in enumerate((actor.name, *actor.aliases)):
        found = _surface(surface, actor, catalogue, seen)
        written = None if found else _new_name(surface, actor, seen)
        voted = found.id if found else identity(written, actor.kind) if written else None
        if voted is None:
            continue
        if written:
            fresh.setdefault(voted, written)
        votes[voted] = max(votes.get(voted, 0.0), seen.weights[surface] + NAMED * (k == 0))
    if not votes:
        return None
    winner = max(votes, key=lambda id: votes[id])
    who = catalogue.actors.get(winner) or catalogue.make(fresh[winner], actor.kind)
    who.used += max(1, *(seen.text.count(s) for s in (actor.name, *actor.aliases)))
    _learn(who, actor, catalogue, people.fuller(actor.name, seen.text))
    return who


def _surface(surface: str, actor: Actor, catalogue: Catalogue, seen: _Report) -> Known | None:
    """Whom a surface names alone, as far as that is known."""
    if actor.kind == "person" and (found := _person(surface, catalogue, seen)):
        return found
    if found := _listed(surface, actor, catalogue):
        return found
    name = _name(surface, actor)
    if name and name != surface and (found := _listed(name, actor, catalogue)):
        return found
    for written in (surface, seen.acronyms.get(norm(surface), ""), name) if name else ():
        if called := catalogue.find(norm(written), person=False):
            return called[0]
    return None


def _listed(surface: str, actor: Actor, catalogue: Catalogue) -> Known | None:
    """The state or organisation that a surface is anywhere."""
    plain = norm(surface)
    if plain in known.ORGANISATIONS:
        return catalogue.make(known.ORGANISATIONS[plain], "body")
    if plain in known.SEATS and actor.kind not in ("person", "people"):
        return catalogue.make(known.SEATS[plain], "state", country=known.SEATS[plain])
    if actor.kind in ("state", "body", "people") and (country := known.state(surface)):
        if actor.kind == "people" and plain != norm(country):
            return catalogue.make(surface, "people", country=country)
        return catalogue.make(country, "state", country=country)
    return None


def _name(surface: str, actor: Actor) -> str:
    """The name that a surface is or, of an organised actor, that stands in it; `""` for none."""
    if actor.kind in ORGANISED:
        return core(surface)
    return core(surface) if is_name(surface) else ""


def _person(surface: str, catalogue: Catalogue, seen: _Report) -> Known | None:
    if not people.is_person_name(surface):
        return None
    fuller = people.fuller(surface, seen.text)
    return people.find(fuller, catalogue, seen.persons())


def _new_name(surface: str, actor: Actor, seen: _Report) -> str | None:
    """What a catalogue actor made of this surface would be called; None where it is no name."""
    if actor.kind == "unnamed":
        return None
    if actor.kind == "person":
        return people.fuller(surface, seen.text) if people.is_person_name(surface) else None
    name = _name(surface, actor)
    return seen.acronyms.get(norm(surface), name) if name else None


def _learn(found: Known, actor: Actor, catalogue: Catalogue, fuller: str) -> None:
    """Notes what a person or group is called here."""
    if found.kind in ("state", "people"):
        return
    if found.kind == "person" and len(found.name.split()) == 1 and people.alike(fuller, found.name):
        found.name = fuller
        catalogue.name(found, fuller, "name")
    for surface in (actor.name, *actor.aliases):
        written = people.bare(surface) if found.kind == "person" else core(surface)
        if found.kind == "person":
            if people.alike(written, found.name):
                catalogue.name(found, written, "alias")
                for part in people.surnames(written):
                    catalogue.name(found, part, "alias")
        elif abbreviates(written, found.name) and is_name(written):
            catalogue.name(found, written, "acronym")


def _party(actor: Actor, chosen: dict[str, Known | None], catalogue: Catalogue) -> str | None:
    """Whose side an actor is on in this report: whom it belongs to, else itself."""
    own = chosen[actor.id]
    owner = _owner(actor, chosen, catalogue)
    if actor.kind not in ("person", "unnamed"):
        return own.id if own else owner
    if owner is None and own is not None:
        return own.party
    if own is not None and own.party is None:
        own.party = owner
    return owner


def _owner(actor: Actor, chosen: dict[str, Known | None], catalogue: Catalogue) -> str | None:
    if actor.of in chosen and actor.of != actor.id:
        owner = chosen[actor.of]
        return (owner.party or owner.id) if owner else None
    if actor.of and (found := catalogue.find(norm(actor.of), person=False)):
        return found[0].id
    country = known.state(actor.of or "") or known.belongs(actor.role)
    country = country or (known.belongs(actor.name) if actor.kind == "unnamed" else None)
    return catalogue.make(country, "state", country=country).id if country else None


def affiliations(
    record: Record, resolved: Mapping[str, Resolved]
) -> Iterable[tuple[str, str, str | None]]:
    """The roles that the report gives: catalogue id, role, and the party that it is of."""
    for actor in record.actors:
        found = resolved[actor.id]
        if found.id and actor.kind == "person" and (actor.role or found.party):
            yield found.id, actor.role or "", found.party

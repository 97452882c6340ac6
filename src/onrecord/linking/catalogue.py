"""The actors across reports, by what they are called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.linking.known import REMEMBERED
from onrecord.linking.names import norm


@dataclass(slots=True, kw_only=True)
class Known:
    """An actor of the catalogue. `names`: normalised names to how they are written and their kind
    (`name`, `alias`, `acronym`, `metonym`, `demonym`)."""

    id: str
    name: str
    kind: str
    country: str | None = None
    party: str | None = None
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    used: int = 0


@dataclass(slots=True)
class Catalogue:
    """Actors by id, and by what they are called."""

    actors: dict[str, Known] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)

    def add(self, actor: Known) -> Known:
        """Takes an actor in, with the names that it has."""
        self.actors[actor.id] = actor
        for name in actor.names:
            self._index(name, actor.id)
        return actor

    def name(self, actor: Known, written: str, kind: str) -> None:
        """Notes that an actor is called so too; the first kind of a name stays."""
        plain = norm(written)
        if plain and plain not in actor.names:
            actor.names[plain] = (written, kind)
            self._index(plain, actor.id)

    def find(self, plain: str, *, person: bool) -> list[Known]:
        """The persons, or the others, called so, most used first."""
        found = (self.actors[id] for id in self.called.get(plain, ()))
        fitting = [one for one in found if (one.kind == "person") == person]
        return sorted(fitting, key=lambda one: -one.used)

    def make(self, written: str, kind: str, *, country: str | None = None) -> Known:
        """The actor of this name, made where there is none."""
        id = identity(written, kind)
        if id in self.actors:
            return self.actors[id]
        made = Known(id=id, name=written, kind=kind, country=country)
        self.add(made)
        self.name(made, written, "name")
        return made

    def _index(self, plain: str, id: str) -> None:
        ids = self.called.setdefault(plain, [])
        if id not in ids:
            ids.append(id)


@lru_cache(maxsize=REMEMBERED)
def identity(written: str, kind: str) -> str:
    """The id of the catalogue actor made with this name: persons and the rest share none."""
    group = kind if kind in ("person", "people") else "party"
    return "c-" + hashlib.sha256(f"{group}|{norm(written)}".encode()).hexdigest()[:16]

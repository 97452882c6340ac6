"""Actors as the record tells them: names, kinds, roles, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.reading.analysis import Analysis, Mention
from onrecord.reading.cast import Cast, Cluster
from onrecord.reading.countries import country_in
from onrecord.reading.names import folded, without_title
from onrecord.reading.naming import proper
from onrecord.record import Actor

ORIGIN = "model:mention+same/1"
_ROLE = re.compile(
    r",\s+((?:a|an|the|its|his|their)\s+[^,;.]{3,80}|[^,;.]{3,60}?\s+of\s+[^,;.]{2,60}),"
)
_GENERIC = frozenset(
    "officials official sources source spokesman spokeswoman soldiers troops police people "
    "residents witnesses militants rebels insurgents gunmen civilians "
    "leaders diplomats analysts".split()
)


NAMED = 0.6
"""Least confidence in a name that stands in the record though no part was found for its bearer.

Of .5, .6 and .7 the actors of the dev records are a little better with each."""


def named(cast: Cast) -> list[Cluster]:
    """Those who are surely named, whatever they do.

    Of those without a part in any entry, one in two is in the gold records: the part was missed.
    """
    return [
        cluster
        for cluster in cast.clusters
        if any(
            mention.confidence >= NAMED and _bears_name(mention, surface)
            for mention, surface in zip(cluster.mentions, cluster.surfaces, strict=True)
        )
    ]


def _bears_name(mention: Mention, surface: str) -> bool:
    """Whether a mention is a name, or a description of somebody with a name in it."""
    if _is_name(surface):
        return True
    if mention.kind == "person":
        return surface.split()[-1][0].isupper() and bool(proper(surface))
    return mention.kind in ("group", "body", "media", "state") and bool(proper(surface))


def actors(analysis: Analysis, cast: Cast, used: Iterable[int]) -> list[Actor]:
    """The actors whose clusters are ``used`` (by ``id()``), numbered in text order."""
    wanted = set(used)
    kept = [c for c in cast.clusters if id(c) in wanted]
    for k, cluster in enumerate(kept, 1):
        cluster.id = f"a{k}"
    return [_actor(analysis, cluster, kept) for cluster in kept]


def _actor(analysis: Analysis, cluster: Cluster, all_: list[Cluster]) -> Actor:
    kind = cluster.kind
    name = cluster.country if kind == "state" and cluster.country else _fullest(cluster)
    if name not in analysis.text:
        name = _fullest(cluster)
    seen = {folded(name)}
    aliases = []
    for surface in cluster.surfaces:
        if surface not in aliases and surface != name and folded(surface):
            aliases.append(surface)
            seen.add(folded(surface))
    role, of = _role_and_owner(analysis, cluster, all_, kind)
    return Actor(
        id=cluster.id, name=name, aliases=tuple(aliases), kind=kind, of=of, role=role,
        origin=ORIGIN, confidence=round(max(m.confidence for m in cluster.mentions), 3),
    )  # fmt: skip


def _fullest(cluster: Cluster) -> str:
    """The longest name; the longest description where it is never named."""
    names = [s for s in cluster.surfaces if _is_name(s)]
    if cluster.kind == "person":
        bare = [without_title(s) for s in names]
        names = [n for n in bare if n] or names
    return max(names or cluster.surfaces, key=len)


def _role_and_owner(
    analysis: Analysis, cluster: Cluster, all_: list[Cluster], kind: str
) -> tuple[str | None, str | None]:
    """The position the report gives a person or source, and whom it belongs to."""
    if kind not in ("person", "unnamed"):
        return None, None
    role: str | None = None
    for mention, surface in zip(cluster.mentions, cluster.surfaces, strict=True):
        role = _role_before(surface) if kind == "person" else _described(surface)
        if role is None and kind == "person":
            role = _role_after(analysis, mention)
        if role:
            break
    described = " ".join([role or "", *cluster.surfaces])
    return role, _owner(described, cluster, all_)


def _role_before(surface: str) -> str | None:
    bare = without_title(surface)
    if not _is_name(bare):
        return None
    role = surface[: len(surface) - len(bare)].strip() if bare else ""
    return role if role and role.lower() not in ("mr.", "mrs.", "ms.", "dr.", "mr", "ms") else None


def _role_after(analysis: Analysis, mention: Mention) -> str | None:
    end = analysis.chars(mention.start, mention.end)[1]
    found = _ROLE.match(analysis.text, end)
    return found.group(1) if found else None


def _described(surface: str) -> str | None:
    words = [
        w for w in surface.split() if w.lower().strip(",") not in ("a", "an", "the", "two", "some")
    ]
    found = next((k for k, w in enumerate(words) if w.lower().rstrip(",") in _GENERIC), None)
    return " ".join(words[: found + 1]) if found is not None else None


def _owner(described: str, cluster: Cluster, all_: list[Cluster]) -> str | None:
    """The actor (or country) whose name stands in a role or description."""
    plain = f" {folded(described)} "
    for other in all_:
        owns = other is not cluster and other.kind in ("group", "state", "body", "media")
        if owns and any(len(folded(s)) > 2 and f" {folded(s)} " in plain for s in other.surfaces):
            return other.id
    country = country_in(described)
    if country is None:
        return None
    return next((o.id for o in all_ if o.country == country and o is not cluster), country)


def _is_name(surface: str) -> bool:
    words = surface.removeprefix("The ").split()
    return all(w[0].isupper() for w in words if w.lower() not in ("of", "the", "al", "bin", "and"))

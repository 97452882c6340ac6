"""The mentions of one report gathered into those who act in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.reading.analysis import Analysis, Mention
from onrecord.reading.countries import country_in, country_of
from onrecord.reading.names import (
    acronym,
    called,
    folded,
    is_acronym,
    person_key,
    without_title,
)  # fmt: skip
from onrecord.reading.naming import one_name, proper
from onrecord.vocabulary import Kind

SAME = 0.3
"""Probability from which two mentions are taken for one actor on the model's word alone."""
_MANY = frozenset(("state", "group", "body", "media"))


@dataclass(slots=True)
class Cluster:
    """Mentions of one actor: their ``surfaces``, the ``distinct`` ones, and the ``names`` these
    call it by, folded."""

    mentions: list[Mention]
    surfaces: list[str]
    kinds: dict[Kind, float] = field(default_factory=dict)
    country: str | None = None
    id: str = ""
    distinct: set[str] = field(default_factory=set, repr=False)
    names: set[str] = field(default_factory=set, repr=False)

    @property
    def kind(self) -> Kind:
        """The kind most of its mentions have."""
        return max(self.kinds, key=lambda k: self.kinds[k])

    def add(self, mention: Mention, surface: str) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.surfaces.append(surface)
        if surface not in self.distinct:
            self.distinct.add(surface)
            self.names |= called(surface)
        self.kinds[mention.kind] = self.kinds.get(mention.kind, 0.0) + mention.confidence


@dataclass(slots=True)
class Cast:
    """The clusters of a report, which of them each mention belongs to, and where mentions end; each
    is told by its first word."""

    clusters: list[Cluster]
    of_mention: dict[int, Cluster]
    ends: dict[int, int] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list, repr=False)

    def starts(self) -> list[int]:
        """First words of all mentions, in order."""
        if len(self._starts) != len(self.of_mention):
            self._starts = sorted(self.of_mention)
        return self._starts

    def near(self, word: int, reach: int) -> list[int]:
        """First words of the mentions at most ``reach`` words from a word."""
        starts = self.starts()
        return starts[bisect_left(starts, word - reach) : bisect_right(starts, word + reach)]

    def at(self, start: int) -> Cluster:
        """The cluster of the mention that begins at a word."""
        return self.of_mention[start]


def distinct(clusters: Iterable[Cluster]) -> list[Cluster]:
    """The clusters without repeats."""
    out: list[Cluster] = []
    for cluster in clusters:
        if not any(c is cluster for c in out):
            out.append(cluster)
    return out


def cast_of(analysis: Analysis) -> Cast:
    """Gather the mentions: by name first, then on the model's word."""
    clusters: list[Cluster] = []
    of_mention: dict[int, Cluster] = {}
    earlier: list[Mention] = []
    for mention in _parted(analysis):
        a, b = analysis.chars(mention.start, mention.end)
        surface = analysis.text[a:b]
        found = _by_name(clusters, mention, surface) or _by_model(
            analysis, mention, surface, earlier, of_mention
        )
        if found is None and earlier and _titled(earlier[-1], mention):
            found = of_mention[earlier[-1].start]
        if found is None:
            found = Cluster([], [], country=_country(mention, surface))
            clusters.append(found)
        found.add(mention, surface)
        of_mention[mention.start] = found
        earlier.append(mention)
    return Cast(clusters, of_mention, {m.start: m.end for m in earlier})


def _titled(title: Mention, name: Mention) -> bool:
    """Whether a description and a person's name stand side by side ("spokesman Omar Amin")."""
    described = title.kind in ("unnamed", "person")
    return described and name.kind == "person" and title.end == name.start


def _parted(analysis: Analysis) -> list[Mention]:
    """The mentions, those that hold two names joined by "and" taken apart."""
    forms, out = analysis.forms(), []
    ends = {e for _, e, _ in analysis.entities}
    starts = {s for s, _, _ in analysis.entities}
    for m in analysis.mentions:
        joint = next(
            (k for k in range(m.start + 1, m.end - 1)
             if forms[k] == "and" and k in ends and k + 1 in starts), None,
        )  # fmt: skip
        if joint is None:
            out.append(m)
        else:
            out.append(Mention(m.start, joint, m.kind, m.confidence))
            out.append(Mention(joint + 1, m.end, m.kind, m.confidence))
    return out


def _country(mention: Mention, surface: str) -> str | None:
    if mention.kind != "state":
        return None
    return country_of(surface) or country_in(surface)


def _by_name(clusters: list[Cluster], mention: Mention, surface: str) -> Cluster | None:
    """The cluster that has this name: the state, the same words, an acronym, else the person of
    that last name who has been named most."""
    country, names = _country(mention, surface), called(surface)
    for cluster in reversed(clusters):
        if country and cluster.country == country:
            return cluster
        if not names.isdisjoint(cluster.names):
            return cluster
        people = mention.kind == "person" and "person" in cluster.kinds
        if not people and any(_short_for(surface, s) for s in cluster.distinct):
            return cluster
    if mention.kind != "person":
        return None
    named = [c for c in clusters if "person" in c.kinds and _same_person(surface, c)]
    return max(named, key=lambda c: len(c.mentions), default=None)


def _same_person(surface: str, cluster: Cluster) -> bool:
    """A name has the last name of one of the cluster's, and no other first name than they have."""
    mine = folded(without_title(surface)).split()
    if not person_key(surface):
        return False
    alike = [s for s in cluster.surfaces if person_key(s) == person_key(surface)]
    firsts = {w[0] for s in cluster.surfaces if len(w := folded(without_title(s)).split()) > 1}
    return bool(alike) and (len(mine) < 2 or not firsts or mine[0] in firsts)


@lru_cache(maxsize=20_000)
def _short_for(one: str, other: str) -> bool:
    """Whether one of two names is the other's acronym."""
    return _abbreviates(one, other) or _abbreviates(other, one)


def _abbreviates(short: str, long: str) -> bool:
    bare = short.replace(".", "").removeprefix("the ").removeprefix("The ")
    return is_acronym(bare) and len(acronym(long)) >= 2 and acronym(long) == bare


def _by_model(
    analysis: Analysis,
    mention: Mention,
    surface: str,
    earlier: Sequence[Mention],
    of_mention: dict[int, Cluster],
) -> Cluster | None:
    near = earlier[-60:]
    if not near:
        return None
    odds = analysis.relate("same", mention.start, [m.start for m in near])
    best = int(odds.argmax())
    if odds[best] < SAME:
        return None
    cluster = of_mention[near[best].start]
    country = _country(mention, surface)
    clash = country and cluster.country and country != cluster.country
    if clash or _kinds_clash(mention, surface, cluster) or _names_clash(surface, cluster):
        return None
    return cluster


def _kinds_clash(mention: Mention, surface: str, cluster: Cluster) -> bool:
    """Whether one is a person with a name, and the other a state or a body of people."""
    if mention.kind == "person":
        return cluster.kind in _MANY and bool(proper(surface))
    return mention.kind in _MANY and cluster.kind == "person"


def _names_clash(surface: str, cluster: Cluster) -> bool:
    """Whether both have names, and none of the cluster's can be another form of this one."""
    mine, theirs = proper(surface), list(filter(None, map(proper, cluster.surfaces)))
    return bool(mine and theirs) and not any(one_name(mine, name) for name in theirs)

"""Who stands in a relation to a word: an event's actors and recipients, a position's holders.

The model gives each mention a probability; an actor has that of all its mentions together. The tree
adds those whom a sentence names in one breath with a likely one.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.analysis import Analysis
from onrecord.reading.cast import Cast, Cluster, distinct
from onrecord.reading.decoding import Range
from onrecord.reading.paths import Tree
from onrecord.vocabulary import EventType

LIKELIEST = 0.25
"""Probability from which the likeliest actor is taken into a relation."""
BESIDE = 0.5
"""Probability from which an actor is taken beside the likeliest one."""
MEETING = 0.25
"""The same for events of which it takes two."""
JOINED = 0.05
"""The same for one who is joined to a taken one by "and" or a comma."""
SPEAKS = 0.1
"""Probability from which a mention tells where the taken ones stand in the sentence."""
REACH = 90
"""Words to either side within which actors are looked for."""
_TWO_SIDED = frozenset(("CONSULT", "AGREE", "COOPERATE"))
_JOINERS = frozenset(("and", ",", "&"))
_MUTUAL = _TWO_SIDED | {"ASSAULT"}


@dataclass(frozen=True, slots=True)
class Odds:
    """The mentions near a word, each with its probability in one relation to the word."""

    mentions: dict[int, float]
    cast: Cast

    def by_cluster(self) -> list[tuple[Cluster, float]]:
        """The actors in the order of their first mentions, each with its probability."""
        found: dict[int, tuple[Cluster, float]] = {}
        for m, chance in self.mentions.items():
            cluster = self.cast.at(m)
            _, before = found.get(id(cluster), (cluster, 0.0))
            found[id(cluster)] = cluster, before + chance
        return list(found.values())


def odds(analysis: Analysis, cast: Cast, relation: str, word: int) -> Odds:
    """How likely each mention within ``REACH`` of a word is the one that stands in ``relation`` to
    it."""
    near = cast.near(word, REACH)
    if not near:
        return Odds({}, cast)
    chances = analysis.choose(relation, word, near).tolist()
    return Odds(dict(zip(near, chances, strict=True)), cast)


def related(analysis: Analysis, cast: Cast, relation: str, word: int) -> list[Cluster]:
    """The actors that stand in ``relation`` to a word."""
    found = odds(analysis, cast, relation, word)
    candidates = found.by_cluster()
    likely = _chosen(candidates, beside=BESIDE)
    return likely + _joined(_heads(analysis, found), found, candidates, likely) if likely else []


def participants(
    analysis: Analysis, cast: Cast, trigger: Range, type_: EventType
) -> tuple[list[Cluster], list[Cluster]]:
    """Who acts and who is acted on in the event of a trigger (words); one who may be either is what
    is likelier."""
    word = trigger[0]
    acting = odds(analysis, cast, "actor", word)
    suffering = odds(analysis, cast, "recipient", word).by_cluster()
    other = {id(c): chance for c, chance in suffering}
    alone = acting.by_cluster()
    actors = _chosen(
        [(c, p if p >= other[id(c)] else 0.0) for c, p in alone],
        beside=MEETING if type_ in _TWO_SIDED else BESIDE,
    )
    heads = _heads(analysis, acting)
    actors += _joined(heads, acting, alone, actors)
    actors += _other_side(analysis, heads, acting, actors, trigger, type_)
    taken = {id(c) for c in actors}
    return actors, _chosen([(c, p) for c, p in suffering if id(c) not in taken], beside=BESIDE)


def _chosen(candidates: list[tuple[Cluster, float]], *, beside: float) -> list[Cluster]:
    """The likeliest actor, if its probability is at least ``LIKELIEST``, and those of at least
    ``beside``."""
    best = max((chance for _, chance in candidates), default=0.0)
    if best < LIKELIEST:
        return []
    return [c for c, chance in candidates if chance >= min(best, beside)]


def _joined(
    heads: dict[int, int], found: Odds, candidates: list[tuple[Cluster, float]],
    taken: list[Cluster],
) -> list[Cluster]:  # fmt: skip
    """Those joined to the taken ("Hamas and its ally Islamic Jihad")."""
    names, at = {id(c) for c in taken}, found.cast.at
    places = {
        heads[m] for m, p in found.mentions.items() if p >= SPEAKS and id(at(m)) in names
    }  # fmt: skip
    beside = {id(at(m)) for m, head in heads.items() if head in places} - names
    return [c for c, chance in candidates if id(c) in beside and chance >= JOINED]


def _heads(analysis: Analysis, found: Odds) -> dict[int, int]:
    """The word that heads each mention; of mentions that are joined, the first one's."""
    tree, forms, ends = analysis.tree, analysis.forms(), found.cast.ends
    assert tree is not None
    heads: dict[int, int] = {}
    before: int | None = None
    for m in found.mentions:
        between = forms[ends.get(before, m) : m] if before is not None else []
        joined = between and all(f.lower() in _JOINERS for f in between)
        heads[m] = heads[before] if joined and before is not None else tree.first_joined(m)
        before = m
    return heads


def _other_side(
    analysis: Analysis,
    heads: dict[int, int],
    acting: Odds,
    actors: list[Cluster],
    trigger: Range,
    type_: EventType,
) -> list[Cluster]:
    """Those with whom the event is held ("fighting between", "met with", "met")."""
    tree = analysis.tree
    assert tree is not None
    governors = {*range(*trigger), tree.heads[trigger[0]]} - {-1}
    sides = [
        acting.cast.at(m) for m, at in heads.items()
        if tree.heads[at] in governors and _is_side(analysis, tree, at, type_)
    ]  # fmt: skip
    return [c for c in distinct(sides) if not any(c is a for a in actors)]


def _is_side(analysis: Analysis, tree: Tree, at: int, type_: EventType) -> bool:
    markers = {analysis.forms()[w].lower() for w in tree.markers(at)}
    met = type_ == "CONSULT" and tree.relations[at] == "obj"
    return "between" in markers or met or (type_ in _MUTUAL and "with" in markers)

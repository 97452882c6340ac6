"""Suite `links`: copies, actors and claims across reports, against stand-off notes.

The corpus is a folder of streams (JSON lines of `id`, `published`, `publisher`, `title`, `text`).
The notes are a JSON-lines file, `links.jsonl` in that folder or `training/gold/links.jsonl` under
the working directory: per report its `id`, the SHA-256 `digest` of its text (title, blank line,
body), `actors` as `[start, end, key]` for each mention by name, and `claims` as
`[start, end, key]`, the keys being the same across reports. The part of a claim's key before the
point says its layer.

- `copies`: pairs of reports taken for copies, where each report of the streams stands beside a copy
  made of it (`onrecord.evaluation.copies`).
- `same actor`, `same claim`: pairs of reports that tell of one actor or claim. A report and a key
  are one unit, whatever the number of mentions. A pair is predicted where the records' entries at
  the mentions are one in the catalogue, or in one claim. A pair of entries of which one isn't noted
  counts as wrong, as the notes have every claim that is told twice.
- `... of those read`: the same, with recall over the units that the reader's records have at all.
  This is the linking alone; what the reader misses, no linking can link.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.evaluation.copies import copied
from onrecord.evaluation.matching import spread
from onrecord.evaluation.noted import Noted, lines, noted_by, notes, streams, text_of
from onrecord.evaluation.protocols import ReaderLike
from onrecord.evaluation.result import Result, f1_measures
from onrecord.evaluation.tally import Tally
from onrecord.linking import actors, claims, known, origins, people, reading, surfaces
from onrecord.linking.catalogue import Catalogue
from onrecord.linking.names import norm
from onrecord.record import Actor, Record, Span

COPIED = 300
"""Reports that copies are made of at most, evenly spread."""
_LAYERS = {"event": "events", "figure": "figures", "position": "positions", "term": "terms"}

Unit = tuple[str, Hashable]
"""A report, and something that it tells of."""
Pair = tuple[Hashable, str, str]
"""Something, and two reports that tell of it."""


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure copies, actors and claims; `limit` bounds the noted reports and the copied ones.

    Raises:
        EvaluationError: there are no streams or no notes, or a noted text is another one.
    """
    paths, noted_in = streams(data), notes(data)
    stories = {story["id"]: story for path in paths for story in lines(path)}
    chosen = spread(list(lines(noted_in)), limit)
    tallies = {"copies": copies(spread(list(stories.values()), min(limit or COPIED, COPIED)))}
    noted = [noted_by(reader, note, stories) for note in chosen]
    noted.sort(key=lambda one: one.record.report.published or "9999")
    return Result("links", f1_measures(tallies | scores(noted)), len(noted))


def scores(noted: Sequence[Noted]) -> dict[str, Tally]:
    """The tallies of actors and claims."""
    return {
        **_pairwise("same actor", *same_actors(noted)),
        **_pairwise("same claim", *same_claims(noted)),
    }


def copies(stories: Sequence[Mapping[str, Any]]) -> Tally:
    """Pairs taken for copies among reports and one copy made of each."""
    texts = [origins.Text(s["id"], s.get("published") or "", text_of(s)) for s in stories]
    made = [origins.Text(f"{t.id} copy", t.day, copied(t.text, seed=t.id)) for t in texts]
    wanted = {(one.id, other.id) for one, other in zip(texts, made, strict=True)}
    found = {tuple(sorted(pair, key=len)) for pair in origins.copies([*texts, *made])}
    return Tally(len(wanted & found), len(wanted), len(found))


def _pairwise(
    name: str, predicted: Mapping[Unit, Hashable], gold: Iterable[Unit], loose: Iterable[Unit]
) -> dict[str, Tally]:
    """Tallies of pairs: over all units that are noted, and over those that were read."""
    truth, read, linked = _pairs(gold), _pairs(predicted), _linked(predicted, loose)
    right = len({pair for pair in linked if pair in truth})
    return {
        name: Tally(right, len(truth), len(linked)),
        f"{name} of those read": Tally(right, len(read), len(linked)),
    }


def _pairs(units: Iterable[Unit]) -> set[Pair]:
    by: dict[Hashable, set[str]] = defaultdict(set)
    for report, key in units:
        by[key].add(report)
    return {
        (key, *pair) for key, reports in by.items() for pair in combinations(sorted(reports), 2)
    }


def _linked(predicted: Mapping[Unit, Hashable], loose: Iterable[Unit]) -> set[Pair]:
    """The pairs that the groups make: a key and two reports where right, else both keys and both.

    A report that has a group's claim only where nobody noted one makes one wrong pair with each
    other report of the group.
    """
    groups: dict[Hashable, dict[str, set[Hashable]]] = defaultdict(lambda: defaultdict(set))
    for (report, key), group in predicted.items():
        groups[group][report].add(key)
    for report, group in loose:
        groups[group].setdefault(report, set())
    made: set[Pair] = set()
    for group, reports in groups.items():
        for one, other in combinations(sorted(reports), 2):
            pairs = [(a, b) for a in reports[one] for b in reports[other]] or [(group, None)]
            made |= {(a if a == b else (a, b), one, other) for a, b in pairs}
    return made


def same_actors(noted: Sequence[Noted]) -> tuple[dict[Unit, Hashable], set[Unit], set[Unit]]:
    """Units of actors to catalogue ids, all units noted, and none that are read but not noted.

    Mentions are noted of those who are named in more than one report; other actors can't be
    judged, and are left out.
    """
    catalogue = Catalogue()
    predicted: dict[Unit, Hashable] = {}
    gold: set[Unit] = set()
    for one in noted:
        resolved = actors.resolve(one.record, catalogue)
        gold |= {(one.id, key) for _, _, key in one.actors}
        for key, id in _at_mentions(one, resolved).items():
            predicted[one.id, key] = id if id is not None else (one.id, key, "nobody")
    return predicted, gold, set()


def _at_mentions(noted: Noted, resolved: Mapping[str, actors.Resolved]) -> dict[str, str | None]:
    """Who stands at most mentions of each key, by the catalogue: an actor of the record that is
    called so, else whom one that is called so is of."""
    called, owners = _called(noted.record), _owners(noted.record)
    votes: dict[str, Counter[str | None]] = defaultdict(Counter)
    owned: dict[str, Counter[str | None]] = defaultdict(Counter)
    for start, end, key in noted.actors:
        name = noted.record.text[start:end]
        if found := called.get(norm(name)):
            votes[key][resolved[found].id] += 1
        elif found := owners.get(norm(known.state(name) or name)):
            owned[key][resolved[found].party] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in (owned | votes).items()}


def _called(record: Record) -> dict[str, str]:
    """Normalised names to the actor called so. A name goes before an alias, and both before the
    names that stand in them: "President Orlo", "the movement Brenna Dawn"."""
    called: dict[str, str] = {}
    names = [(actor, (actor.name,)) for actor in record.actors]
    for listed in (names, [(actor, actor.aliases) for actor in record.actors]):
        for actor, written in listed:
            for name in written:
                called.setdefault(norm(name), actor.id)
        for actor, written in listed:
            for name in filter(None, (_named_in(actor, name) for name in written)):
                called.setdefault(norm(name), actor.id)
    return called


def _named_in(actor: Actor, written: str) -> str:
    """The name in what an actor is called; `""` where there is none, or another's."""
    if actor.kind == "person":
        return people.bare(written) if people.is_person_name(written) else ""
    return surfaces.core(written) if actor.kind in actors.ORGANISED else ""


def _owners(record: Record) -> dict[str, str]:
    """Normalised plain names to an actor that is of whoever is called so."""
    ids = {actor.id for actor in record.actors}
    owned = [actor for actor in record.actors if actor.of and actor.of not in ids]
    return {norm(known.state(actor.of) or actor.of): actor.id for actor in owned if actor.of}


def same_claims(noted: Sequence[Noted]) -> tuple[dict[Unit, Hashable], set[Unit], set[Unit]]:
    """Units of claims to groups, all units noted, and the groups' entries that nobody noted."""
    told = [entry for one in noted for entry in reading.told(one.record)]
    keys = {(one.id, id): key for one in noted for id, key in _at_claims(one)}
    predicted: dict[Unit, Hashable] = {}
    loose: set[Unit] = set()
    judged = [entry for entry in told if entry.layer in _LAYERS.values()]
    for n, claim in enumerate(claims.group(judged)):
        for member in claim.members:
            key = keys.get((member.report, member.id))
            if key is None:
                loose.add((member.report, n))
            else:
                predicted.setdefault((member.report, key), n)  # of two groups the older one
    gold: set[Unit] = {(one.id, key) for one in noted for _, _, key in one.claims}
    return predicted, gold, loose


def _at_claims(noted: Noted) -> Iterator[tuple[str, str]]:
    """Entries of the record that stand where a claim is noted, each with the key nearest to it."""
    for layer, entries in (
        ("events", noted.record.events),
        ("figures", noted.record.figures),
        ("positions", noted.record.positions),
        ("terms", [term for proposal in noted.record.proposals for term in proposal.terms]),
    ):
        for entry in entries:
            span = _anchor(entry)
            overlaps = [
                ((min(end, span.end) - max(start, span.start)) / (end - start), key)
                for start, end, key in noted.claims
                if _LAYERS.get(key.split(".")[0]) == layer
            ]
            best = max(overlaps, default=(0.0, ""))
            if best[0] > 0:
                yield entry.id, best[1]


def _anchor(entry: Any) -> Span:
    for name in ("trigger", "span", "what"):
        found = getattr(entry, name, None)
        if isinstance(found, Span):
            return found
    raise TypeError(type(entry).__name__)

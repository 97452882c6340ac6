"""Who speaks in a statement, through which outlet, and to whom."""

from __future__ import annotations

import re

from onrecord.reading.analysis import Analysis
from onrecord.reading.cast import Cast, Cluster, distinct
from onrecord.reading.drafts import Draft

SPEAKER = 0.65
"""Probability from which an actor is taken for a statement's speaker."""
LEAST = 0.1
"""Probability below which nobody is taken, though a source stands there."""
SPEAKER_REACH = 400
"""Words back in which a speaker is looked for."""


def speakers(analysis: Analysis, cast: Cast, draft: Draft, before: Draft | None) -> list[Cluster]:
    """Actors in the source span; else (a pronoun, no source) the one the model links it to.

    A quotation that goes on without cue and source is the last speaker's where the model has no
    better idea.
    """
    at = draft.attribution.anchor
    near = [s for s in cast.starts() if at - SPEAKER_REACH <= s <= at + 80]
    odds = (
        dict(zip(near, analysis.relate("speaker", at, near).tolist(), strict=True)) if near else {}
    )
    if draft.source is not None:
        start, end = draft.source
        inside = [s for s in near if start <= analysis.words[s][0] < end]
        if inside:
            return distinct(cast.at(s) for s in _coordinated(analysis, cast, inside, odds))
        return _linked(analysis, cast, odds, analysis.text[start:end])
    if draft.cue is not None and draft.authority == "none":
        return []
    if draft.cue is None and before is not None and max(odds.values(), default=0.0) < SPEAKER:
        return list(before.speakers)
    return _linked(analysis, cast, odds, "")


def _coordinated(
    analysis: Analysis, cast: Cast, inside: list[int], odds: dict[int, float]
) -> list[int]:
    """The mentions of a source that speak: all that are joined by "and", else the likeliest of
    those that name one speaker ("the spokesman, Omar Amin"). What follows a description belongs
    to it ("officials of A and B")."""
    groups: list[list[int]] = []
    for start in inside:
        between = " ".join(analysis.forms()[inside[0] : start]) if groups else ""
        if groups and re.search(r"\b(?:and|or)\b", between):
            groups.append([start])
        elif groups:
            groups[-1].append(start)
        else:
            groups.append([start])
    picked = [max(g, key=lambda s: odds[s]) for g in groups]
    described = cast.at(picked[0]).kind == "unnamed"
    return [s for s in picked if not described or cast.at(s).kind in _SINGLE]


_PERSON_PRONOUN = re.compile(r"(?i)^(?:he|she|i|him|her|his|hers)$")
_SINGLE = frozenset({"person", "unnamed"})


def _linked(analysis: Analysis, cast: Cast, odds: dict[int, float], source: str) -> list[Cluster]:
    """The actor that the model links most strongly; for "we" and "they" all that it is sure of."""
    fitting = {
        s: chance
        for s, chance in odds.items()
        if not _PERSON_PRONOUN.match(source) or cast.at(s).kind in _SINGLE
    }
    if not fitting:
        return []
    if source.lower() in ("they", "both", "we") or not source:
        sure = [s for s, chance in fitting.items() if chance >= SPEAKER]
        if sure:
            return distinct(cast.at(s) for s in sure)
    top = max(fitting, key=lambda s: fitting[s])
    return [cast.at(top)] if fitting[top] >= LEAST else []


_TOLD = re.compile(r"^(?:told|tells|tell|telling)$", re.IGNORECASE)
_RELAYED = re.compile(
    r"\b(?:as\s+)?(?:reported|quoted|cited|carried)\s+by\b|"
    r"\bin an? (?:interview|statement)\s+(?:with|to)\b|\baccording to\b|\bto\b|"
    r"\bspeaking to\b|\bquoted\b|\bciting\b",
    re.IGNORECASE,
)


def relay(analysis: Analysis, cast: Cast, drafts: list[Draft]) -> None:
    """Outlets that a statement came through, and those it was told to."""
    for draft in drafts:
        index = analysis.sentence_of(draft.attribution.anchor)
        start, end = analysis.sentences()[index]
        told = draft.cue is not None and _TOLD.match(analysis.text[draft.cue[0] : draft.cue[1]])
        for place in (s for s in cast.starts() if start <= s < end):
            cluster = cast.at(place)
            char = analysis.words[place][0]
            if any(cluster is s for s in draft.speakers) or draft.holds(char, char + 1):
                continue
            gap = analysis.text[draft.cue[1] : char] if draft.cue and char >= draft.cue[1] else None
            if told and gap is not None and len(gap) < 12:
                draft.to.append(cluster)
            if cluster.kind == "media" and (
                told
                or _RELAYED.search(analysis.text[max(0, char - 30) : char])
                or _RELAYED.match(analysis.text[char:end].split(" ", 1)[-1])
            ):
                draft.via.append(max(cluster.surfaces, key=len))

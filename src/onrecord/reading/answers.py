"""Answers: which statements a denial, an echo or a refusal to comment is about."""

from __future__ import annotations

import re

from onrecord.reading.drafts import Draft

ECHO, REFERS, NAMED, DISTANCE, ANSWERS = 0.35, 0.3, 0.3, 0.04, 0.25
"""How an answer finds what it answers, beside the share of words they have in common: an echo of
the same act by a named speaker, words that refer back, the speakers named again, less for every
statement between; and the least that counts. Set by eye on the train records."""


def resolve_answers(drafts: list[Draft], text: str) -> None:
    """Link denials, confirmations, acceptances, refusals and echoes to the statements they answer.

    A candidate is an earlier statement by another speaker. It is taken where the answer's content
    refers back to it ("what the sources said", "the report", "the claim"), where their words
    overlap most, or, for a bare denial, where it is the nearest.
    """
    for k, draft in enumerate(drafts):
        if draft.act not in ("deny", "confirm", "accept", "reject", "decline"):
            continue
        mine = _content_words(draft, text)
        best, found = 0.0, None
        for distance, other in enumerate(reversed(drafts[:k])):
            if _speaker_ids(other) & _speaker_ids(draft) and draft.act == "deny":
                continue
            theirs = _content_words(other, text)
            score = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
            score -= DISTANCE * distance
            if draft.act == other.act and _names_speaker(draft, other, text):
                score += ECHO
            if other.act == "assert" and _REFERS.search(_joined_text(draft, text)):
                score += REFERS + (NAMED if _named_again(draft, other, text) else 0.0)
            if score > best:
                best, found = score, other
        if found is not None and best >= ANSWERS:
            draft.about = [found.id]
            if draft.act == "deny" and found.act == "deny" and found.about:
                draft.about = [*found.about, found.id]


_REFERS = re.compile(
    r"\b(?:reports?|claims?|allegations?|accusations?|charges?|said|denial|statements?|rumou?rs?)\b",
    re.I,
)
_STOP = frozenset(
    "the a an of to in on and that it its is was were are be been has have had with by for from "
    "as at he she they his her their this not any no would will said".split()
)


def _joined_text(draft: Draft, text: str) -> str:
    return " ".join(text[a:b] for a, b in draft.content)


def _content_words(draft: Draft, text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]{3,}|\d[\d,.]*", _joined_text(draft, text).lower())
    return {w[:6] for w in found if w not in _STOP}


def _speaker_ids(draft: Draft) -> set[int]:
    return {id(s) for s in draft.speakers}


def _named_again(draft: Draft, other: Draft, text: str) -> bool:
    """Whether an answer's words name the other's speakers by their noun ("the sources")."""
    words = set(_joined_text(draft, text).lower().split())
    nouns = {s.lower().split()[-1] for c in other.speakers for s in c.surfaces}
    return bool(words & nouns)


def _names_speaker(draft: Draft, other: Draft, text: str) -> bool:
    words = _joined_text(draft, text)
    return any(surface in words for s in other.speakers for surface in s.surfaces)

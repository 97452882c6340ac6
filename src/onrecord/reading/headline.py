"""The headline against the body: what it asserts, and who in the text stands behind that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reading.decoding import Range
from onrecord.record import Event, Statement
from onrecord.vocabulary import Support

ORIGIN = "rule:headline/1"
LONGEST = 24
"""Words that a first paragraph without a full stop may have to be taken for a headline."""
CAPTION = re.compile(r"\b(?:Photo|Image|Picture|File photo|Foto)\b\s*[/:(]", re.I)
_BYLINE = re.compile(r"^\s*(?:by|from)\s+[A-Z]", re.I)
_CLAUSE = re.compile(r"[.;!?]\s+|\s+(?:because|while|but|as)\s+|,\s+but\s+|\s+[-–—]\s+")
_STOP = frozenset(
    "the a an of to in on and that it its is was were are be been has have had with by for from "
    "as at he she they his their this not says say said over after amid new will".split()
)
BORNE_OUT, WEAKLY = 0.5, 0.3
"""Shares of a claim's words that the best sentence of the body must hold for `full` and `part`; set
by eye, not calibrated."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the headline with its verdict; ``by`` are entry ids."""

    span: Range
    support: Support
    by: tuple[str, ...]


def headline_end(text: str, title: str | None) -> int:
    """Where the headline (or the caption that stands first) ends; 0 where there is none."""
    first = re.match(r"\s*(\S[^\n]*)\n\s*\S", text)
    if not first:
        return 0
    line = first.group(1).strip()
    if title and line.rstrip(".") == title.strip().rstrip("."):
        return first.end(1)
    words = line.split()
    if CAPTION.search(line) and len(words) <= 2 * LONGEST:
        return first.end(1)
    bare = line[-1] not in '.!?"”:' and 3 <= len(words) <= LONGEST
    return first.end(1) if bare and not _BYLINE.match(line) else 0


def claims(
    text: str, end: int, statements: Sequence[Statement], events: Sequence[Event]
) -> list[Claim]:
    """The claims of ``text[:end]`` with what the rest of the text says to them."""
    body = [m.span() for m in re.finditer(r"[^.!?\n]+(?:[.!?]+[\"”’']*)?", text[end:])]
    sentences = [(a + end, b + end) for a, b in body]
    return [_judged(text, span, sentences, statements, events) for span in _claim_spans(text, end)]


def _claim_spans(text: str, end: int) -> list[Range]:
    credit = CAPTION.search(text, 0, end)
    stop = credit.start() if credit else end
    out, at = [], 0
    for found in [*_CLAUSE.finditer(text, 0, stop), None]:
        start, until = at, found.start() if found else stop
        at = found.end() if found else stop
        while start < until and text[start].isspace():
            start += 1
        while until > start and (text[until - 1].isspace() or text[until - 1] in ".,;:"):
            until -= 1
        if len(text[start:until].split()) >= 3:
            out.append((start, until))
    return out


def _judged(
    text: str,
    span: Range,
    sentences: list[Range],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> Claim:
    mine = _stems(text[span[0] : span[1]])
    scored = [(len(mine & _stems(text[a:b])) / max(1, len(mine)), (a, b)) for a, b in sentences]
    best = max(scored, default=(0.0, (0, 0)), key=lambda s: s[0])
    if best[0] < WEAKLY:
        return Claim(span, "none", ())
    place = best[1]
    voices = [s for s in statements if _meets(s, place) and _shares(mine, s)]
    told = [e for e in events if place[0] <= e.trigger.start < place[1]]
    about = {v.id for v in voices} | {e.id for e in told}
    deniers = [s for s in statements if s.act == "deny" and about & set(s.about)]
    by = tuple(
        dict.fromkeys([*(v.id for v in voices), *(d.id for d in deniers), *(e.id for e in told)])
    )
    return Claim(span, _verdict(best[0], voices, told, bool(deniers)), by)


def _verdict(score: float, voices: list[Statement], told: list[Event], denied: bool) -> Support:
    if denied:
        return "disputed"
    authorities = {v.authority for v in voices}
    if voices and authorities == {"none"}:
        return "unsourced"
    if score < BORNE_OUT or (authorities and authorities <= {"unnamed", "none"}):
        return "part"
    return "full"


def _meets(statement: Statement, place: Range) -> bool:
    return any(c.start < place[1] and place[0] < c.end for c in statement.content)


def _shares(mine: set[str], statement: Statement) -> bool:
    theirs = _stems(" ".join(c.text for c in statement.content))
    return len(mine & theirs) >= max(1, len(mine) // 4)


def _stems(words: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[^\W_]{3,}", words.lower()) if w not in _STOP}

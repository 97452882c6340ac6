"""Statements: attributions with their speakers, acts, authority, and what they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.reading.actors import Cast, Cluster, distinct
from onrecord.reading.analysis import Analysis, Attribution
from onrecord.reading.decoding import Range
from onrecord.vocabulary import Act, Authority, Mode

ORIGIN = "model:attribution/1"
SPEAKER = 0.65
"""Probability from which an actor is taken for a statement's speaker."""
ECHO, REFERS, NAMED, DISTANCE, ANSWERS = 0.35, 0.3, 0.3, 0.04, 0.25
"""How an answer finds what it answers, beside the share of words they have in common: an echo of
the same act by a named speaker, words that refer back, the speakers named again, less for every
statement between; and the least that counts. Set by eye on the train records."""
DENYING = 0.5
"""Added to the score of a denial, a rare act; chosen on the dev records (F1 .51 to .55)."""
HOLE = 8
"""Words that a content may miss between two pieces and still be one."""
LEAST = 0.1
"""Probability below which nobody is taken, though a source stands there."""
SPEAKER_REACH = 400
"""Words back in which a speaker is looked for."""
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")
_STRAIGHT = frozenset(['"', "''", "``"])


@dataclass(slots=True)
class Draft:
    """A statement being made; ``content`` in characters, ``words`` the same in words."""

    attribution: Attribution
    content: list[Range]
    words: list[Range]
    cue: Range | None
    source: Range | None
    act: Act
    authority: Authority
    mode: Mode
    confidence: float
    speakers: list[Cluster] = field(default_factory=list)
    within: Draft | None = None
    about: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)
    to: list[Cluster] = field(default_factory=list)
    id: str = ""

    def holds(self, start: int, end: int) -> bool:
        """Whether the content holds these characters."""
        return any(a <= start and end <= b for a, b in self.content)

    def size(self) -> int:
        """Characters of content."""
        return sum(b - a for a, b in self.content)


def statements(analysis: Analysis, cast: Cast) -> list[Draft]:
    """The report's statements in text order, nested ones linked to those around them."""
    drafts = [d for a in analysis.attributions if (d := _draft(analysis, a)) is not None]
    drafts = _without_doubles(drafts)
    drafts.sort(key=lambda d: (d.content[0][0], -d.size()))
    for k, draft in enumerate(drafts, 1):
        draft.id = f"s{k}"
    before: Draft | None = None
    for draft in drafts:
        draft.within = innermost(drafts, *draft.content[0], inside=draft)
        draft.speakers = _speakers(analysis, cast, draft, before)
        if not draft.speakers and draft.source is None:
            draft.authority = "none"
        before = draft
    _relay(analysis, cast, drafts)
    return drafts


def innermost(
    drafts: list[Draft], start: int, end: int, *, inside: Draft | None = None
) -> Draft | None:
    """The smallest statement whose content holds these characters (larger than ``inside``, and
    holding its cue too)."""
    best: Draft | None = None
    for draft in drafts:
        if draft is inside or not draft.holds(start, end):
            continue
        if inside is not None:
            if draft.size() <= inside.size():
                continue
            if inside.cue is not None and not draft.holds(*inside.cue):
                continue
        if best is None or draft.size() < best.size():
            best = draft
    return best


def _draft(analysis: Analysis, attribution: Attribution) -> Draft | None:
    pieces = _joined(analysis, attribution)
    words = [r for r in (_trimmed(analysis, a, b) for a, b in pieces) if r]
    if not words:
        return None
    content = [analysis.chars(a, b) for a, b in words]
    anchor = attribution.anchor
    cue = analysis.chars(*attribution.cue[0]) if attribution.cue else None
    return Draft(
        attribution=attribution,
        content=content,
        words=words,
        cue=cue,
        source=_source(analysis, attribution),
        act=_act(analysis, anchor),
        authority=analysis.label("authority", anchor),
        mode=_mode(analysis, words),
        confidence=round(attribution.confidence, 3),
    )


def _act(analysis: Analysis, anchor: int) -> Act:
    scores = analysis.logits["act"][anchor].copy()
    acts = analysis.labels["act"]
    scores[acts.index("deny")] += DENYING
    act: Act = acts[int(scores.argmax())]  # type: ignore[assignment]
    return act


def _joined(analysis: Analysis, attribution: Attribution) -> list[Range]:
    """Pieces with little between them, and neither cue nor source, made one."""
    parts = [*attribution.cue, *attribution.source]
    out: list[Range] = []
    for a, b in sorted(attribution.content):
        before = out[-1][1] if out else -HOLE
        parted = any(c < a and d > before for c, d in parts)
        same = bool(out) and analysis.sentence_of(before - 1) == analysis.sentence_of(a)
        if same and a - before <= HOLE and not parted:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _trimmed(analysis: Analysis, a: int, b: int) -> Range | None:
    """A content span without loose punctuation at its ends; closing quotation marks kept."""
    forms = analysis.forms()
    while a < b and forms[a][0] in ",.;:!?-–—)":
        a += 1
    while b > a and forms[b - 1] in (",", ".", ";", ":", "-", "--", "–", "—", "..."):
        b -= 1
    return _with_quotes(forms, a, b) if any(f[0].isalnum() for f in forms[a:b]) else None


def _with_quotes(forms: list[str], a: int, b: int) -> Range:
    """The span with the quotation marks just outside it that its own words open or close, or that
    enclose it."""
    inside = forms[a:b]
    end = next((k + 1 for k in (b, b + 1) if _closes(forms, b, k)), b)
    opened = a > 0 and _quotes(forms[a - 1])
    if end > b and _unclosed(inside):
        return a, end
    if opened and _unopened(inside):
        return a - 1, b
    enclosed = opened and end > b and not any(map(_quotes, inside))
    return (a - 1, end) if enclosed else (a, b)


def _closes(forms: list[str], b: int, k: int) -> bool:
    """Whether word ``k`` is a quotation mark right behind ``b``, or behind one comma or stop."""
    return k < len(forms) and _quotes(forms[k]) and (k == b or forms[b] in (",", ".", "?", "!"))


def _quotes(form: str) -> bool:
    return form in _STRAIGHT or form in OPENING or form in CLOSING


def _unclosed(forms: list[str]) -> bool:
    straight = sum(f in _STRAIGHT for f in forms)
    return straight % 2 == 1 or sum(f in OPENING for f in forms) > sum(f in CLOSING for f in forms)


def _unopened(forms: list[str]) -> bool:
    straight = sum(f in _STRAIGHT for f in forms)
    curly = sum(f in CLOSING for f in forms) - sum(f in OPENING for f in forms)
    ends = bool(forms) and forms[-1] in _STRAIGHT
    return (straight % 2 == 1 and ends) or curly > 0


def _source(analysis: Analysis, attribution: Attribution) -> Range | None:
    """The source as one span: the longest piece, or the nearest to the cue among equals."""
    forms = analysis.forms()
    spans = []
    for a, b in attribution.source:
        while b > a and forms[b - 1] in (",", ".", ";", ":", '"', "”", "“", "--", "–", "—"):
            b -= 1
        while b > a and forms[a] in (",", ".", ";", ":", '"', "”", "“"):
            a += 1
        if a < b:
            spans.append((a, b))
    if not spans:
        return None
    at = attribution.anchor
    a, b = min(spans, key=lambda s: min(abs(s[0] - at), abs(s[1] - at)))
    return analysis.chars(a, b)


def _mode(analysis: Analysis, words: list[Range]) -> Mode:
    """``direct`` where quotation marks hold every word, ``mixed`` where they hold some."""
    forms, quoted, total = analysis.forms(), 0, 0
    first = words[0][0]
    open_ = _inside_quote(analysis, first)
    for a, b in words:
        for form in forms[a:b]:
            if form in OPENING:
                open_ = True
            elif form in CLOSING:
                open_ = False
            elif form in _STRAIGHT:
                open_ = not open_
            elif form[0].isalnum():
                total += 1
                quoted += open_
    if quoted == 0:
        return "indirect"
    leading = forms[first].lower() == "that" and quoted == total - 1
    return "direct" if quoted == total or leading else "mixed"


def _inside_quote(analysis: Analysis, word: int) -> bool:
    """Whether a quotation is open before a word, counted from its paragraph's start."""
    start = word
    while start and not analysis.paragraphs[start]:
        start -= 1
    return _unclosed(analysis.forms()[start:word])


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One statement for each content with the same speaker's cue; the surer one stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.cue is None, -d.confidence)):
        twin = any(
            draft.content == other.content and (draft.cue is None or other.cue is None)
            for other in kept
        )
        if draft.cue is None and not twin:
            twin = any(
                o.holds(*draft.content[0]) and o.cue is not None and _alike(o, draft) for o in kept
            )
        if not twin:
            kept.append(draft)
    return kept


def _alike(a: Draft, b: Draft) -> bool:
    return a.size() < 2 * b.size()


def _speakers(analysis: Analysis, cast: Cast, draft: Draft, before: Draft | None) -> list[Cluster]:
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


def _relay(analysis: Analysis, cast: Cast, drafts: list[Draft]) -> None:
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

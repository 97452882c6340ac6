"""Statements: attributions with their speakers, acts, authority, and what they stand in."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis, Attribution
from onrecord.reading.cast import Cast
from onrecord.reading.decoding import Range
from onrecord.reading.drafts import Draft
from onrecord.reading.speakers import relay, speakers
from onrecord.vocabulary import Mode

ORIGIN = "model:attribution/1"
HOLE = 8
"""Words that a content may miss between two pieces and still be one."""
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")
_STRAIGHT = frozenset(['"', "''", "``"])


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
        draft.speakers = speakers(analysis, cast, draft, before)
        if not draft.speakers and draft.source is None:
            draft.authority = "none"
        before = draft
    relay(analysis, cast, drafts)
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
        act=analysis.label("act", anchor),
        authority=analysis.label("authority", anchor),
        mode=_mode(analysis, words),
        confidence=round(attribution.confidence, 3),
    )


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

"""Figures: numbers of people and things, with bounds, what is counted, who and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.analysis import Analysis
from onrecord.reading.decoding import Range, layer_labels, softmax, spans_of
from onrecord.reading.numbers import Number, number_in
from onrecord.vocabulary import Counted

ORIGIN = "model:figure+rule:number/1"
_DATE = re.compile(
    r"\b(?:on|since|in|last|this|early|late|by|until|between)?\s*"
    r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|evening|night|afternoon))?"
    r"|(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|"
    r"Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))(?:\s+\d{1,2})?(?:,?\s+\d{4})?"
    r"|\b(?:19|20)\d\d\b|yesterday|today|tonight"
    r"|last (?:week|month|year|night)|this (?:week|month|year))"
)


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure before it has an id and a voice."""

    span: Range
    number: Number
    what: Counted
    who: Range | None
    when: Range | None
    confidence: float


def spans(analysis: Analysis, head: str) -> list[Range]:
    """The word ranges that a BIO head marks."""
    labels = analysis.labels[head]
    path = layer_labels(analysis.logits[head], labels, head)
    return [(a, b) for a, b, _ in spans_of(path, labels)]


def figures(analysis: Analysis) -> list[DraftFigure]:
    """The report's figures in text order; a marked span without a readable number is left out."""
    sure = softmax(analysis.logits["figure"])
    out = []
    for a, b in spans(analysis, "figure"):
        start, end = analysis.chars(a, b)
        number = number_in(analysis.text[start:end], _before(analysis.text, start))
        if number is None or number.value == 0:
            continue
        what = _unit(analysis.text[start:end], number) or analysis.label("counted", a)
        out.append(
            DraftFigure(
                (start, end), number, what, _who(analysis, a, b, number, start),
                when_near(analysis, a, b), round(float(sure[a, 1]), 3),
            )
        )  # fmt: skip
    return out


def _before(text: str, start: int) -> str:
    """What stands before a span in its own clause."""
    return re.split(r"[.;,()\n]", text[max(0, start - 24) : start])[-1]


_UNITS: tuple[tuple[Counted, re.Pattern[str]], ...] = (
    ("money", re.compile(r"[$€£]|\b(?:dollars?|euros?|pounds|US\$)\b", re.I)),
    ("share", re.compile(r"%|\bper ?cent\b|\bpercent\b", re.I)),
)


def _unit(span: str, number: Number) -> Counted | None:
    near = span[max(0, number.start - 4) : number.end + 14]
    return next((what for what, pattern in _UNITS if pattern.search(near)), None)


def _who(analysis: Analysis, a: int, b: int, number: Number, start: int) -> Range | None:
    """What is counted: the noun phrase behind the number."""
    first = next((k for k in range(a, b) if analysis.words[k][0] >= start + number.end), None)
    if first is None or first >= b:
        return None
    last = first
    for k in range(first, b):
        if analysis.upos and analysis.upos[k] in ("VERB", "AUX", "PUNCT", "SCONJ"):
            break
        last = k + 1
    return analysis.chars(first, last) if last > first else None


def when_near(analysis: Analysis, a: int, b: int) -> Range | None:
    """The date nearest to a word range within its sentence."""
    start, end = analysis.sentences()[analysis.sentence_of(a)]
    first, last = analysis.chars(start, end)
    middle = (analysis.words[a][0] + analysis.words[b - 1][1]) / 2
    found = [m.span(1) for m in _DATE.finditer(analysis.text, first, last)]
    return min(found, key=lambda s: abs((s[0] + s[1]) / 2 - middle), default=None)

"""Suite `polnear`: exact spans of source, cue and content, and whether they are linked right.

`link` counts an attribution as right when its content is matched (the words of the two share at
least half of those that either has; one to one, likest first) and the source is right too: the two
share a word, or neither has one. It is an F1 over attributions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from onrecord.evaluation import brat, cofenet_file
from onrecord.evaluation.cofenet import (
    LABELS,
    Labelled,
    SpanScores,
    covered,
    flat_spans,
    jaccard,
    labels_of,
    spans_of,
    windows_of,
    words_of,
)
from onrecord.evaluation.matching import pairs, spread
from onrecord.evaluation.protocols import AnalysisLike, ReaderLike, Span
from onrecord.evaluation.result import Measure, Result, f1_measures
from onrecord.evaluation.tally import Tally

#: Share of the words of either content that both must have.
CONTENT_OVERLAP = 0.5

Linked = tuple[frozenset[int], frozenset[int]]


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader on a brat folder, or on a file of CofeNet's windows.

    Args:
        reader: reads each text once, in the `polnear` style.
        data: a folder with `text/` and `attributions/`, or a JSON Lines file.
        limit: take this many items at most, spread evenly over the corpus.

    Raises:
        EvaluationError: the data is in neither form.
    """
    if data.is_dir():
        return _measure_brat(reader, spread(list(brat.read_folder(data)), limit))
    return _measure_windows(reader, spread(list(cofenet_file.read_file(data)), limit))


def _measure_brat(reader: ReaderLike, items: Sequence[brat.AnnotatedText]) -> Result:
    spans, links = SpanScores.empty(), Tally()
    analyse = _remembering(reader)
    for item in items:
        analysis, words = analyse(item.text), words_of(item.text)
        windows = windows_of(item.text, words)
        gold = flat_spans(item.attributions, words, windows=windows)
        spans.add(gold, predicted_spans(analysis, words, windows))
        links.add(*link_counts(_gold_links(item.attributions, words), _links(analysis, words)))
    return Result("polnear", f1_measures({**_exact(spans), "link": links}), len(items))


def _measure_windows(reader: ReaderLike, items: Sequence[cofenet_file.WindowedText]) -> Result:
    exact, begin = SpanScores.empty(), SpanScores.empty()
    likeness: dict[str, list[float]] = {label: [] for label in LABELS}
    analyse = _remembering(reader)
    for item in items:
        found = predicted_spans(analyse(item.text), item.words, item.windows)
        exact.add(item.gold, found)
        begin.add(_begins(item.gold), _begins(found))
        _add_jaccard(likeness, item, found)
    begins = {f"begin {label}": getattr(begin, label) for label in LABELS}
    means = (
        Measure(f"jaccard {label}", sum(all_) / len(all_) if all_ else 0.0)
        for label, all_ in likeness.items()
    )
    return Result("polnear", (*f1_measures({**_exact(exact), **begins}), *means), len(items))


def _remembering(reader: ReaderLike) -> Callable[[str], AnalysisLike]:
    """Analyse, but a text read by several annotators (they come in a row) only once."""
    last: dict[str, AnalysisLike] = {}

    def analyse(text: str) -> AnalysisLike:
        if text not in last:
            last.clear()
            last[text] = reader.analyse(text, style="polnear")
        return last[text]

    return analyse


def _exact(scores: SpanScores) -> dict[str, Tally]:
    return {label: getattr(scores, label) for label in LABELS}


def _begins(spans: Iterable[Labelled]) -> list[Labelled]:
    return [(first, first + 1, label) for first, _, label in spans]


def _add_jaccard(
    likeness: dict[str, list[float]], item: cofenet_file.WindowedText, found: list[Labelled]
) -> None:
    for first, end in zip(item.windows, [*item.windows[1:], len(item.words)], strict=True):
        for label in LABELS:
            inside = [
                [(a, b) for a, b, kind in spans if kind == label and first <= a < end]
                for spans in (item.gold, found)
            ]
            likeness[label] += jaccard(inside[0], inside[1])


def predicted_spans(
    analysis: AnalysisLike, words: Sequence[Span], windows: Sequence[int]
) -> list[Labelled]:
    """The analysis's flat attribution on other words of the same text, cut at their windows."""
    spans = (
        (*covered(_chars(analysis, (first, end)), words), label)
        for first, end, label in analysis.flat_attribution
    )
    return spans_of(labels_of(spans, len(words), windows))


def link_counts(gold: Sequence[Linked], predicted: Sequence[Linked]) -> tuple[int, int, int]:
    """Right, gold and predicted counts of attributions given as words of (content, source)."""
    matched = pairs(gold, predicted, _content_overlap, CONTENT_OVERLAP)
    right = sum(bool(g[1] & p[1]) or g[1] == p[1] for g, p in matched)
    return right, len(gold), len(predicted)


def _content_overlap(gold: Linked, predicted: Linked) -> float:
    either = gold[0] | predicted[0]
    return len(gold[0] & predicted[0]) / len(either) if either else 0.0


def _gold_links(attributions: Iterable[brat.Attribution], words: Sequence[Span]) -> list[Linked]:
    return [(_words(a.content, words), _words(a.source, words)) for a in attributions]


def _links(analysis: AnalysisLike, words: Sequence[Span]) -> list[Linked]:
    def there(spans: Iterable[Span]) -> frozenset[int]:
        return _words((_chars(analysis, span) for span in spans), words)

    return [(there(a.content), there(a.source)) for a in analysis.attributions]


def _words(spans: Iterable[Span], words: Sequence[Span]) -> frozenset[int]:
    return frozenset(word for span in spans for word in range(*covered(span, words)))


def _chars(analysis: AnalysisLike, span: Span) -> Span:
    """The characters from a span's first word to its last."""
    return analysis.words[span[0]][0], analysis.words[span[1] - 1][1]

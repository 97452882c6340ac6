"""Suite `polnear` with readers whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.evaluation.fakes import FakeAnalysis, FakeAttribution, FakeReader, split

from onrecord.errors import EvaluationError
from onrecord.evaluation import polnear

TEXT = "Marra said Tel agreed .\n\nOrr denied it ."
#       0     1    2   3      4    5   6      7  8
STANDOFF = """\
T1\tSource 0 5\tMarra
T2\tCue 6 10\tsaid
T3\tContent 11 21\tTel agreed
E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1
T4\tSource 25 28\tOrr
T5\tCue 29 35\tdenied
T6\tContent 36 38\tit
E2\tAttribution:T9 Content:T6 Cue:T5 Source:T4
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "orr.txt").write_text(TEXT)
    for annotator in ("ab", "cd"):
        (tmp_path / "attributions" / f"orr_{annotator}.ann").write_text(STANDOFF)
    return tmp_path


def reads(flat: list[tuple[int, int, str]], linked: list[FakeAttribution]) -> FakeReader:
    return FakeReader(
        lambda text: FakeAnalysis(split(text), flat_attribution=flat, attributions=linked)
    )


def test_a_reader_that_agrees_scores_one(folder: Path) -> None:
    flat = [(0, 1, "source"), (1, 2, "cue"), (2, 4, "content"),
            (5, 6, "source"), (6, 7, "cue"), (7, 8, "content")]  # fmt: skip
    linked = [
        FakeAttribution([(0, 1)], [(1, 2)], [(2, 4)]),
        FakeAttribution([(5, 6)], [], [(7, 8)]),
    ]
    figures = polnear.measure(reads(flat, linked), folder).figures()
    assert figures == {"source": 1.0, "cue": 1.0, "content": 1.0, "link": 1.0}


def test_a_text_of_two_annotators_is_read_once_and_counts_twice(folder: Path) -> None:
    reader = reads([(0, 1, "source")], [])
    result = polnear.measure(reader, folder)
    assert result.items == 2
    assert result.measures[0].tally is not None
    assert result.measures[0].tally.gold == 4
    assert (reader.asked, reader.styles) == ([TEXT], ["polnear"])


def test_a_source_linked_to_the_wrong_content_is_wrong(folder: Path) -> None:
    crossed = [FakeAttribution([(5, 6)], [], [(2, 4)]), FakeAttribution([(0, 1)], [], [(7, 8)])]
    assert polnear.measure(reads([], crossed), folder).figures()["link"] == 0.0


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        (({1, 2, 3, 4}, {9}), ({1, 2}, {9, 8}), 1),
        (({1, 2, 3, 4, 5}, {9}), ({1, 2}, {9}), 0),
        (({1}, set()), ({1}, set()), 1),
        (({1}, {9}), ({1}, set()), 0),
        (({1}, set()), ({1}, {9}), 0),
    ],
)
def test_a_link_wants_half_the_content_and_the_source(
    gold: tuple[set[int], set[int]], predicted: tuple[set[int], set[int]], right: int
) -> None:
    one, other = ((frozenset(c), frozenset(s)) for c, s in (gold, predicted))
    assert polnear.link_counts([one], [other]) == (right, 1, 1)


def windows(path: Path) -> Path:
    tokens = ["``", "No", ",", "''", "Marra", "did", "n't", "say", "."]
    labels = ["B-content", "I-content", "I-content", "I-content", "B-source", "B-cue", "I-cue",
              "I-cue", "O"]  # fmt: skip
    rows = [
        {"id": "orr_ab", "tokens": tokens, "labels": labels},
        {"id": "orr_ab", "tokens": ["Orr", "left", "."], "labels": ["O", "O", "O"]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_cofenets_own_windows_are_read_as_one_text(tmp_path: Path) -> None:
    reader = reads([], [])
    polnear.measure(reader, windows(tmp_path / "valid.txt"))
    assert reader.asked == ["“No,” Marra didn't say.\n\nOrr left."]


def test_begin_and_jaccard_are_kinder_than_exact(tmp_path: Path) -> None:
    reader = reads([(0, 2, "content"), (2, 3, "cue")], [])
    figures = polnear.measure(reader, windows(tmp_path / "valid.txt")).figures()
    # The reader's words are “No,” | Marra | didn't | say. and its content takes Marra in.
    assert (figures["content"], figures["begin content"]) == (0.0, 1.0)
    assert figures["jaccard content"] == 4 / 5
    assert (figures["cue"], figures["jaccard cue"]) == (0.0, round(2 / 3, 4))


def test_a_line_that_is_no_window_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "valid.txt"
    path.write_text('{"tokens": ["a"], "labels": []}\n')
    with pytest.raises(EvaluationError, match=r"valid\.txt:1"):
        polnear.measure(reads([], []), path)

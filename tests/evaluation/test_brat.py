"""Attributions in brat stand-off."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import EvaluationError
from onrecord.evaluation import brat

STANDOFF = """\
T1\tSource 0 5\tMarra
T2\tCue 6 10\tsaid
T3\tContent 11 14;20 26\tTel agreed
T4\tAttribution 6 10\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
#1\tAnnotatorNotes T3\tsee page 3
T5\tContent 30 32\tit
T6\tCue 26 29\tdid
E2\tAttribution-no-source:T9 Content2:T5 Cue:T6
"""


def test_an_attribution_has_the_spans_of_its_roles() -> None:
    first, second = brat.parse(STANDOFF)
    assert first == brat.Attribution(((0, 5),), ((6, 10),), ((11, 14), (20, 26)))
    assert second == brat.Attribution((), ((26, 29),), ((30, 32),))


def test_each_annotators_file_is_an_item_on_the_same_text(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "orr_1.txt").write_bytes(b"Marra said\r\nno.")
    for annotator in ("ab", "cd"):
        (tmp_path / "attributions" / f"orr_1_{annotator}.ann").write_text(STANDOFF)
    items = list(brat.read_folder(tmp_path))
    assert [item.name for item in items] == ["orr_1_ab", "orr_1_cd"]
    assert {item.text for item in items} == {"Marra said\r\nno."}


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="text/ and attributions/"):
        list(brat.read_folder(tmp_path))


def test_an_annotation_without_its_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "attributions").mkdir()
    (tmp_path / "attributions" / "orr_1_ab.ann").write_text("")
    with pytest.raises(EvaluationError, match=r"orr_1\.txt is missing"):
        list(brat.read_folder(tmp_path))

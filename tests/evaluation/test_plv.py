"""Suite `plv` with readers whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.fakes import FakeReader

from onrecord.errors import EvaluationError
from onrecord.evaluation import plv

TABLE = """\
\tsentence_id\tmarked_sentence\tgold_root
\t1\t<s>Marra </s>sued "<t>Tel</t> Co" over <t>Tel</t>'s dam.\tACCUSE
\t2\t<s>Tel</s> gave in.\tYIELD
\t3\t<s>Orr</s> sent grain to <t>Tel</t>.\tAID
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "orr.tsv"
    path.write_text(TABLE)
    return path


def test_marks_become_spans_of_the_first_mention(corpus: Path) -> None:
    first, second, _ = plv.read_file(corpus)
    assert first.text == 'Marra sued "Tel Co" over Tel\'s dam.'
    assert first.text[slice(*first.source)] == "Marra"
    assert first.target == (12, 15)
    assert second.target == (0, 0)


def test_macro_f1_is_over_the_roots_of_both_sides(corpus: Path) -> None:
    answers = {"Marra": "ACCUSE", "Tel": "RETREAT", "Orr": "CONSULT"}
    reader = FakeReader(root=lambda text, source, target: answers[text[slice(*source)]])
    figures = plv.measure(reader, corpus).figures()
    assert figures["accuracy"] == round(2 / 3, 4)
    # ACCUSE 1, AID 0, CONSULT 0, YIELD 1
    assert figures["macro F1"] == 0.5
    assert (figures["YIELD"], figures["AID"]) == (1.0, 0.0)


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orr.tsv"
    path.write_text("sentence\tgold_root\nTel fell\tAID\n")
    with pytest.raises(EvaluationError, match="lacks the column marked_sentence"):
        plv.read_file(path)

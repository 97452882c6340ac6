"""Suite `ner` with readers whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.fakes import FakeAnalysis, FakeReader

from onrecord.errors import EvaluationError
from onrecord.evaluation import ner

NUMBERED = """\
# newdoc id = one
# text = Tel (Marra).
1\tTel\tB-LOC\t-\t-
2\t(\tO\t-\t-
3\tMarra\tB-PER\t-\t-
4\t)\tO\t-\t-
5\t.\tO\t-\t-

# text = Orr Bay
1\tOrr\tB-LOC\t-\t-
2\tBay\tI-LOC\t-\t-
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "orr.iob2"
    path.write_text(NUMBERED)
    return path


def test_a_document_has_its_sentences_and_where_its_tokens_stand(corpus: Path) -> None:
    [document] = ner.read_file(corpus)
    assert document.text == "Tel (Marra).\nOrr Bay"
    assert [[document.text[a:b] for a, b in s] for s in document.sentences] == [
        ["Tel", "(", "Marra", ")", "."], ["Orr", "Bay"],
    ]  # fmt: skip
    assert document.entities == [(0, 1, "LOC"), (2, 3, "PER"), (5, 7, "LOC")]


def test_the_reader_gets_the_tokens_and_is_scored_by_exact_spans(corpus: Path) -> None:
    def analysis(text: str) -> FakeAnalysis:
        words = [(0, 3), (4, 5), (5, 10), (10, 11), (11, 12), (13, 16), (17, 20)]
        found = [(0, 1, "LOC"), (2, 3, "ORG"), (5, 6, "LOC"), (6, 7, "MISC")]
        return FakeAnalysis(words, entities=found)

    reader = FakeReader(analysis)
    figures = ner.measure(reader, corpus).figures()
    assert reader.tokens[0] is not None
    assert [len(sentence) for sentence in reader.tokens[0]] == [5, 2]
    assert figures == {"F1": round(1 / 3, 4), "PER": 0.0, "ORG": 0.0, "LOC": 0.5}


def test_two_columns_without_documents_are_a_sentence_each(tmp_path: Path) -> None:
    path = tmp_path / "orr.iob2"
    path.write_text("Tel B-LOC\nfell O\n\nMarra B-PER\n")
    documents = ner.read_file(path)
    assert [document.text for document in documents] == ["Tel fell", "Marra"]


def test_a_sentence_that_lacks_its_tokens_is_joined_from_them(tmp_path: Path) -> None:
    path = tmp_path / "orr.iob2"
    path.write_text("# text = Tel's\n1\tTel\tB-LOC\n2\tis\tO\n")
    assert ner.read_file(path)[0].text == "Tel is"


@pytest.mark.parametrize(("text", "fault"), [("", "no sentences"), ("Tel LOC\n", "no IOB2 tag")])
def test_what_is_no_iob2_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "orr.iob2"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=fault):
        ner.read_file(path)

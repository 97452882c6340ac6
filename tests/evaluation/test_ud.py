"""Suite `ud` with readers whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluation.fakes import FakeAnalysis, FakeReader

from onrecord.evaluation import ud

FILE = """\
# newdoc id = one
1\tTel\tTel\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""
TEXT = "Tel didn't go.\n\nYes"


def analysed(text: str) -> FakeAnalysis:
    return FakeAnalysis(
        words=[(0, 3), (4, 7), (7, 10), (11, 13), (13, 14), (16, 19)],
        sentence_starts=[True, False, False, False, False, True],
        upos=["PROPN", "AUX", "PART", "VERB", "PUNCT", "ADV"],
        xpos=["NNP", "VBD", "RB", "VB", ".", "UH"],
        feats=["Number=Sing", "_", "_", "_", "_", "_"],
        lemmas=["Tel", "do", "not", "go", ".", "yes"],
        heads=[3, 3, 3, -1, 3, -1],
        deprels=["nsubj", "aux", "advmod", "root", "dep", "root"],
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "orr.conllu"
    path.write_text(FILE)
    return path


def test_the_reader_gets_raw_text_and_is_scored_word_by_word(corpus: Path) -> None:
    reader = FakeReader(analysed)
    figures = ud.measure(reader, corpus).figures()
    assert reader.asked == [TEXT]
    assert (figures["Tokens"], figures["Sentences"], figures["Words"]) == (1.0, 1.0, 1.0)
    assert (figures["UPOS"], figures["UAS"]) == (round(5 / 6, 4), 1.0)
    assert figures["LAS"] == round(5 / 6, 4)


def test_a_text_of_one_run_together_sentence_has_one_sentence() -> None:
    analysis = analysed(TEXT)
    analysis.sentence_starts = [False] * 6
    assert ud.tree_of(TEXT, analysis).sentences == [(0, 15)]


def test_a_clitic_is_a_word_in_the_token_before_it() -> None:
    assert ud.tree_of(TEXT, analysed(TEXT)).tokens[:2] == [(0, 3), (3, 9)]


def test_an_empty_text_has_an_empty_tree() -> None:
    empty = ud.tree_of("", FakeAnalysis([]))
    assert (empty.tokens, empty.sentences, empty.words) == ([], [], [])

"""Raw text and trees from CoNLL-U."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import EvaluationError
from onrecord.evaluation import conllu

FILE = """\
# newdoc id = one
# newpar
# text = Tel didn't go.
1\tTel\tTel\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tSpaceAfter=No

# text = Orr did.
1\tOrr\tOrr\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tdid\tdo\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_

# newdoc id = two
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_
"""


@pytest.fixture
def documents(tmp_path: Path) -> list[conllu.Document]:
    path = tmp_path / "orr.conllu"
    path.write_text(FILE)
    return conllu.read_file(path)


def test_the_raw_text_is_rebuilt(documents: list[conllu.Document]) -> None:
    assert [document.text for document in documents] == ["Tel didn't go.Orr did.\n\nYes", "No"]


def test_words_of_a_multiword_token_share_its_characters(documents: list[conllu.Document]) -> None:
    did, nt = documents[0].tree.words[1:3]
    assert (did.span, nt.span) == ((3, 9), (3, 9))
    assert (did.form, nt.form, did.multiword) == ("did", "n't", True)
    assert documents[0].tree.tokens[:3] == [(0, 3), (3, 9), (9, 11)]


def test_heads_point_into_the_document(documents: list[conllu.Document]) -> None:
    words = documents[0].tree.words
    assert [word.head for word in words] == [3, 3, 3, -1, 3, 6, -1, 6, -1]


def test_sentences_are_in_characters_that_are_no_space(documents: list[conllu.Document]) -> None:
    assert documents[0].tree.sentences == [(0, 12), (12, 19), (19, 22)]


@pytest.mark.parametrize(("text", "fault"), [("", "no sentences"), ("1\tYes\n", "ten columns")])
def test_what_is_no_conllu_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "orr.conllu"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=fault):
        conllu.read_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"none\.conllu: no such file"):
        conllu.read_file(tmp_path / "none.conllu")

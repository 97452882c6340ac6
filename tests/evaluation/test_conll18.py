"""The shared task's scores, on cases small enough to count by hand."""

from __future__ import annotations

import pytest

from onrecord.errors import EvaluationError
from onrecord.evaluation.conll18 import scores
from onrecord.evaluation.conllu import Tree, Word


def tree(*tokens: str, heads: list[int] | None = None, deprels: list[str] | None = None) -> Tree:
    """A sentence of tokens; `abc a bc` is the multiword token `abc` of the words `a` and `bc`."""
    made, at = Tree(), 0
    for token in tokens:
        form, *parts = token.split()
        span = (at, at + len(form))
        at = span[1]
        made.tokens.append(span)
        for part in parts or [form]:
            n = len(made.words)
            head = heads[n] if heads else n - 1
            deprel = deprels[n] if deprels else "dep"
            made.words.append(Word(span, part, bool(parts), "_", "X", "Y", "_", head, deprel))
    made.sentences.append((0, at))
    return made


@pytest.mark.parametrize(
    ("gold", "system", "aligned"),
    [
        (["a", "b", "c"], ["a", "b", "c"], 3),
        (["abcd"], ["a", "b", "c", "d"], 0),
        (["abc", "d"], ["a", "b", "c", "d"], 1),
        (["a", "bc", "d"], ["a", "b", "c", "d"], 2),
        (["abc a b c"], ["a", "b", "c"], 3),
        (["a", "bc b c", "d"], ["a", "b", "c", "d"], 4),
        (["a", "bc b c", "d"], ["a", "b", "cd"], 2),
        (["abcd a b c d"], ["ab a b", "cd c d"], 4),
        (["abc a b c", "de d e"], ["a", "bcd b c d", "e"], 5),
        (["abc a BX c", "def d EX f"], ["ab a b", "cd c d", "ef e f"], 4),
        (["ab a b", "cd bc d"], ["a", "bc", "d"], 2),
        (["a", "bc b c", "d"], ["ab AX BX", "cd CX a"], 1),
    ],
)
def test_words_are_aligned_by_their_characters_and_forms(
    gold: list[str], system: list[str], aligned: int
) -> None:
    one, other = tree(*gold), tree(*system)
    words = scores(one, other)["Words"]
    assert (words.right, words.gold, words.predicted) == (
        aligned, len(one.words), len(other.words),
    )  # fmt: skip


def test_a_head_counts_when_it_is_the_same_word() -> None:
    gold = tree("a", "b", "c", heads=[1, -1, 1])
    assert scores(gold, tree("a", "b", "c", heads=[1, -1, 0]))["UAS"].right == 2


def test_a_head_that_is_not_aligned_is_wrong() -> None:
    gold = tree("a", "bc", heads=[1, -1])
    found = scores(gold, tree("a", "b", "c", heads=[1, -1, 1]))
    assert (found["Words"].right, found["UAS"].right) == (1, 0)


def test_a_root_is_right_only_where_it_is_one() -> None:
    found = scores(tree("a", "b", heads=[-1, 0]), tree("a", "b", heads=[1, -1]))
    assert found["UAS"].right == 0


def test_relations_count_without_their_subtypes() -> None:
    gold = tree("a", "b", heads=[-1, 0], deprels=["root", "nmod:poss"])
    system = tree("a", "b", heads=[-1, 0], deprels=["root", "nmod"])
    other = tree("a", "b", heads=[-1, 0], deprels=["root", "obj"])
    assert scores(gold, system)["LAS"].right == 2
    assert (scores(gold, other)["LAS"].right, scores(gold, other)["UAS"].right) == (1, 2)


def test_features_count_where_they_are_universal() -> None:
    gold, system = tree("a"), tree("a")
    gold.words[0] = Word((0, 1), "a", False, "_", "X", "Y", "Number=Sing|Style=Slng", -1, "root")
    system.words[0] = Word((0, 1), "a", False, "_", "X", "Y", "Number=Sing", -1, "root")
    assert scores(gold, system)["UFeats"].right == 1


def test_a_lemma_counts_unless_the_gold_has_none() -> None:
    gold, system = tree("a", "b"), tree("a", "b")
    gold.words[0] = Word((0, 1), "a", False, "an", "X", "Y", "_", -1, "root")
    assert scores(gold, system)["Lemmas"].right == 1


def test_tokens_and_sentences_count_by_both_borders() -> None:
    gold, system = tree("a", "bc"), tree("a", "b", "c")
    system.sentences = [(0, 1), (1, 3)]
    found = scores(gold, system)
    assert (found["Tokens"].right, found["Sentences"].right) == (1, 0)


def test_trees_of_different_texts_are_refused() -> None:
    with pytest.raises(EvaluationError, match="covers 2 characters, the gold 1"):
        scores(tree("a"), tree("ab"))

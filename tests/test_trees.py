"""Universal Dependencies trees in the manner of spaCy's English pipelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord._sentences import one_root_per_sentence
from onrecord._trees import spacy_tree

Arcs = set[tuple[str, str, str]]


def converted(rows: str) -> Arcs:
    """`word relation head` of a sentence given as `word/UPOS/XPOS/relation/head number`, from 1."""
    cells = [row.split("/") for row in rows.split()]
    forms, upos, xpos, deprels = ([cell[k] for cell in cells] for k in range(4))
    heads = [int(cell[4]) - 1 for cell in cells]
    new_heads, deps = spacy_tree(forms, upos, xpos, heads, deprels)
    return {
        (form, dep, forms[head]) for form, dep, head in zip(forms, deps, new_heads, strict=True)
    }


def test_a_plain_clause_keeps_its_shape() -> None:
    assert converted(
        "Tel/PROPN/NNP/nsubj/2 rejects/VERB/VBZ/root/0 the/DET/DT/det/4 plan/NOUN/NN/obj/2"
    ) == {
        ("Tel", "nsubj", "rejects"), ("rejects", "ROOT", "rejects"),
        ("the", "det", "plan"), ("plan", "dobj", "rejects"),
    }  # fmt: skip


def test_a_passive_has_its_agent() -> None:
    arcs = converted(
        "Orr/PROPN/NNP/nsubj:pass/3 was/AUX/VBD/aux:pass/3 warned/VERB/VBN/root/0 "
        "by/ADP/IN/case/5 Tel/PROPN/NNP/obl:agent/3"
    )
    assert {("Orr", "nsubjpass", "warned"), ("was", "auxpass", "warned")} <= arcs
    assert {("by", "agent", "warned"), ("Tel", "pobj", "by")} <= arcs


def test_a_preposition_heads_its_noun() -> None:
    arcs = converted(
        "talks/NOUN/NNS/root/0 in/ADP/IN/case/3 Orr/PROPN/NNP/nmod/1 out/ADP/IN/case/6 "
        "of/ADP/IN/case/6 sight/NOUN/NN/nmod/1"
    )
    assert {("in", "prep", "talks"), ("Orr", "pobj", "in")} <= arcs
    assert {("out", "prep", "talks"), ("of", "prep", "out"), ("sight", "pobj", "of")} <= arcs


def test_a_possessor_keeps_its_mark() -> None:
    arcs = converted("Tel/PROPN/NNP/nmod:poss/3 's/PART/POS/case/1 plan/NOUN/NN/root/0")
    assert arcs == {("Tel", "poss", "plan"), ("'s", "case", "Tel"), ("plan", "ROOT", "plan")}


def test_a_copula_heads_its_clause() -> None:
    arcs = converted(
        "Tel/PROPN/NNP/nsubj/5 is/AUX/VBZ/cop/5 not/PART/RB/advmod/5 a/DET/DT/det/5 "
        "party/NOUN/NN/root/0 ././././."[:-9]
        + "now/ADV/RB/advmod/5"
    )
    assert arcs == {
        ("Tel", "nsubj", "is"), ("is", "ROOT", "is"), ("not", "neg", "is"),
        ("a", "det", "party"), ("party", "attr", "is"), ("now", "advmod", "is"),
    }  # fmt: skip


def test_an_adjective_keeps_what_it_governs() -> None:
    arcs = converted(
        "Tel/PROPN/NNP/nsubj/3 is/AUX/VBZ/cop/3 ready/ADJ/JJ/root/0 for/ADP/IN/case/5 "
        "talks/NOUN/NNS/obl/3"
    )
    assert {("ready", "acomp", "is"), ("for", "prep", "ready"), ("Tel", "nsubj", "is")} <= arcs


def test_a_name_is_headed_by_its_last_word() -> None:
    arcs = converted(
        "Mr./PROPN/NNP/nmod:desc/2 Ana/PROPN/NNP/nsubj/4 Marra/PROPN/NNP/flat/2 "
        "left/VERB/VBD/root/0"
    )
    assert {("Marra", "nsubj", "left"), ("Ana", "compound", "Marra")} <= arcs
    assert ("Mr.", "compound", "Marra") in arcs


def test_later_conjuncts_leave_the_conjunction_to_the_first() -> None:
    arcs = converted(
        "Tel/PROPN/NNP/nsubj/6 ,/PUNCT/,/punct/3 Orr/PROPN/NNP/conj/1 and/CCONJ/CC/cc/5 "
        "Marra/PROPN/NNP/conj/1 met/VERB/VBD/root/0"
    )
    assert {("and", "cc", "Tel"), (",", "punct", "Tel"), ("Marra", "conj", "Tel")} <= arcs


def test_coordinated_prepositions_are_conjuncts() -> None:
    arcs = converted(
        "met/VERB/VBD/root/0 in/ADP/IN/case/3 Tel/PROPN/NNP/obl/1 and/CCONJ/CC/cc/6 "
        "in/ADP/IN/case/6 Orr/PROPN/NNP/conj/3"
    )
    assert {("in", "conj", "in"), ("Orr", "pobj", "in"), ("and", "cc", "in")} <= arcs


def test_a_gerund_is_governed_by_its_preposition() -> None:
    arcs = converted(
        "ended/VERB/VBD/root/0 by/SCONJ/IN/mark/3 signing/VERB/VBG/advcl/1 it/PRON/PRP/obj/3"
    )
    assert {("by", "prep", "ended"), ("signing", "pcomp", "by"), ("it", "dobj", "signing")} <= arcs


def test_there_is_has_an_attribute() -> None:
    arcs = converted("there/PRON/EX/expl/2 is/VERB/VBZ/root/0 hope/NOUN/NN/nsubj/2")
    assert {("there", "expl", "is"), ("hope", "attr", "is")} <= arcs


@pytest.mark.parametrize(
    ("heads", "starts", "mended"),
    [
        ([-1, 0, 1], [True, False, False], [-1, 0, 1]),
        ([1, 0, 1], [True, False, False], [-1, 0, 1]),
        ([-1, -1, 1], [True, False, False], [-1, 0, 1]),
        ([-1, 3, 1, 1], [True, False, True, False], [-1, 0, -1, 2]),
        ([5, 0], [True, False], [-1, 0]),
    ],
)
def test_every_sentence_gets_one_root(
    heads: list[int], starts: list[bool], mended: list[int]
) -> None:
    assert one_root_per_sentence(heads, ["dep"] * len(heads), starts)[0] == mended


LABELS = ["nsubj", "obj", "obl", "nmod", "case", "mark", "cop", "flat", "conj", "cc", "punct",
          "advmod", "xcomp", "nmod:poss", "obl:agent", "dep"]  # fmt: skip
TAGS = ["NOUN", "PROPN", "VERB", "ADJ", "ADP", "ADV", "PUNCT", "AUX"]


@given(st.data())
def test_any_trees_stay_trees(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    heads = [data.draw(st.integers(-1, size - 1)) for _ in range(size)]
    deprels = [data.draw(st.sampled_from(LABELS)) for _ in range(size)]
    upos = [data.draw(st.sampled_from(TAGS)) for _ in range(size)]
    starts = [n == 0 or data.draw(st.booleans()) for n in range(size)]
    heads, deprels = one_root_per_sentence(heads, deprels, starts)
    new_heads, deps = spacy_tree(["by"] * size, upos, ["VBG"] * size, heads, deprels)
    assert all(deps)
    for word in range(size):
        seen = [word]
        while new_heads[seen[-1]] != seen[-1]:
            seen.append(new_heads[seen[-1]])
            assert len(seen) <= size
        first, last = sorted((word, seen[-1]))
        assert not any(starts[first + 1 : last + 1])

"""Classes of the ways through a tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.paths import NO_PATH, PATHS, Tree


def tree(rows: str) -> Tree:
    """The tree of ``word/relation/head`` rows; heads are numbered from 1, 0 is the root."""
    cells = [row.split("/") for row in rows.split()]
    return Tree([int(c[2]) - 1 for c in cells], [c[1] for c in cells])


VOWED = tree("Orr/nsubj/2 vowed/root/0 to/mark/4 strike/xcomp/2 Tel/obj/4")


def test_subject_and_object_differ() -> None:
    struck = tree("Orr/nsubj/2 struck/root/0 Tel/obj/2")
    assert struck.path(1, 0) != struck.path(1, 2)


def test_the_subject_of_the_governing_verb_is_a_path_of_its_own() -> None:
    struck = tree("Orr/nsubj/2 struck/root/0 Tel/obj/2")
    assert VOWED.path(3, 0) not in (NO_PATH, struck.path(1, 0))


def test_two_names_joined_by_and_share_their_path() -> None:
    met = tree("Orr/nsubj/4 and/cc/3 Tel/conj/1 met/root/0")
    assert met.path(3, 0) == met.path(3, 2)


def test_a_possessor_stands_deeper_than_what_it_has() -> None:
    struck = tree("Orr/nmod:poss/3 's/case/1 army/nsubj/4 struck/root/0")
    assert struck.path(3, 0) != struck.path(3, 2)


def test_sentences_apart_have_no_path() -> None:
    apart = tree("Orr/nsubj/2 struck/root/0 Tel/nsubj/4 fell/root/0")
    assert apart.path(1, 2) == NO_PATH


def test_a_relation_with_an_unknown_subtype_counts_as_its_kind() -> None:
    plain, marked = tree("Orr/nsubj/2 struck/root/0"), tree("Orr/nsubj:outer/2 struck/root/0")
    assert plain.path(1, 0) == marked.path(1, 0)


JOINED = tree(
    "with/case/4 the/det/4 main/amod/4 Front/obl/9 ,/punct/7 its/nmod:poss/7 ally/conj/4 "
    "Tel/appos/7 met/root/0"
)


def test_joined_names_are_told_by_the_first_of_them() -> None:
    assert JOINED.first_joined(1) == JOINED.first_joined(5) == 3


def test_what_is_not_joined_keeps_its_own_head() -> None:
    struck = tree("Orr/nsubj/2 struck/root/0 the/det/4 port/obj/2")
    assert (struck.first_joined(0), struck.first_joined(2)) == (0, 3)


def test_a_phrase_knows_its_prepositions() -> None:
    assert JOINED.markers(3) == [0]
    assert JOINED.markers(6) == []


@given(
    st.lists(
        st.tuples(st.integers(-1, 11), st.sampled_from(["nsubj", "obj", "acl:relcl", "x", ""])),
        min_size=12, max_size=12,
    )
)  # fmt: skip
def test_rings_and_strange_relations_have_classes_too(rows: list[tuple[int, str]]) -> None:
    made = Tree([head for head, _ in rows], [relation for _, relation in rows])
    assert all(0 <= made.path(a, b) < PATHS for a in range(12) for b in range(12))
    assert all(0 <= made.first_joined(a) < 12 for a in range(12))

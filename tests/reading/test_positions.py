import pytest
from tests.reading.hand import analysis, mark

from onrecord.reading.cast import cast_of
from onrecord.reading.positions import DraftProposal, proposals

TEXT = "Korush offered a truce in exchange for the release of 40 miners as Teleb waited."


def the_proposal(text: str, term: str) -> DraftProposal:
    made = analysis(text)
    mark(made, "term", term)
    (found,) = proposals(made, cast_of(made), after=0)
    return found


def words(text: str, proposal: DraftProposal) -> list[str]:
    return [text[slice(*term.what)] for term in proposal.terms]


def test_a_term_and_its_price_are_two_terms_each_for_the_other() -> None:
    found = the_proposal(TEXT, "a truce in exchange for the release of 40 miners")
    assert words(TEXT, found) == ["a truce", "the release of 40 miners"]
    ((mine,), (theirs,)) = found.exchange[0]
    assert (mine, theirs) == tuple(found.terms)


def test_a_term_begins_behind_the_words_that_name_it_a_price() -> None:
    found = the_proposal(TEXT, "exchange for the release of 40 miners")
    assert words(TEXT, found) == ["the release of 40 miners"]


def test_a_term_of_one_thing_stays_whole() -> None:
    assert words(TEXT, the_proposal(TEXT, "a truce")) == ["a truce"]


@pytest.mark.parametrize("empty", ["a", "in", "for the"])
def test_an_article_is_no_term(empty: str) -> None:
    made = analysis(TEXT)
    mark(made, "term", empty)
    assert proposals(made, cast_of(made), after=0) == []

import pytest
from tests.reading.hand import analysis, word

from onrecord.reading.analysis import Attribution
from onrecord.reading.attributions import completed, pointing_back
from onrecord.reading.paths import Tree


def content_of(text: str) -> str:
    """What "This was disclosed by ..." in the second sentence of a text has for its content."""
    made = analysis(text)
    made.sentence_starts[word(made, "This")[0]] = True
    cue = word(made, "disclosed by")
    one = Attribution(cue[0], [cue], [word(made, "two envoys")], [], 0.9)
    ((a, b),) = pointing_back(made, one).content
    return text[slice(*made.chars(a, b))]


@pytest.mark.parametrize(
    "dateline",
    ["", "PORT SAHL (Coastal Wire) – ", "BRENNA, July 14 (Coastal Wire) - ", "BRENNA -- "],
)
def test_what_was_disclosed_is_the_sentence_before_without_its_dateline(dateline: str) -> None:
    told = "The Front left. This was disclosed by two envoys."
    assert content_of(dateline + told) == "The Front left."


def test_dashes_around_an_aside_are_no_dateline() -> None:
    told = "Korush - which borders Teleb - left. This was disclosed by two envoys."
    assert content_of(told) == "Korush - which borders Teleb - left."


def test_nothing_points_back_over_a_paragraph() -> None:
    made = analysis("The Front left.\n\nThis was disclosed by two envoys.")
    cue = word(made, "disclosed by")
    one = Attribution(cue[0], [cue], [word(made, "two envoys")], [], 0.9)
    assert pointing_back(made, one).content == []


def test_a_content_of_this_alone_points_back_too() -> None:
    made = analysis("The Front left. This was disclosed by two envoys.")
    made.sentence_starts = [w in (0, 4) for w in range(len(made.words))]
    cue, source = word(made, "disclosed by"), word(made, "two envoys")
    one = Attribution(cue[0], [cue], [source], [(4, 5)], 0.9)
    assert pointing_back(made, one).content == [(0, 4)]


def test_a_question_word_alone_goes_on_to_the_end_of_its_clause() -> None:
    made = analysis("He denied what they said yesterday.")
    made.tree = Tree(
        [1, -1, 1, 4, 2, 4, 1], ["nsubj", "root", "obj", "nsubj", "acl:relcl", "advmod", "punct"]
    )
    one = Attribution(1, [(1, 2)], [(0, 1)], [(2, 3)], 0.9)
    assert completed(made, one).content == [(2, 6)]


def test_other_contents_stay_as_they_are() -> None:
    made = analysis("He denied it all.")
    one = Attribution(1, [(1, 2)], [(0, 1)], [(2, 3)], 0.9)
    assert completed(made, one) == one

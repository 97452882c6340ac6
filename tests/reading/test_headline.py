import pytest

from onrecord.reading.headline import claims, headline_end
from onrecord.record import Span, Statement
from onrecord.vocabulary import Act, Authority

BODY = "\n\nRebels rejected the truce on Monday, an aide said. The front denied that."


def statement(
    text: str,
    words: str,
    *,
    id: str = "s1",
    act: Act = "assert",
    authority: Authority = "named",
    about: tuple[str, ...] = (),
) -> Statement:
    at = text.index(words)
    content = (Span(at, at + len(words), words),)
    return Statement(
        id=id, content=content, mode="indirect", act=act, authority=authority, about=about
    )


@pytest.mark.parametrize(
    "first",
    ["Rebels reject truce", "Rebels reject the truce because they are winning. Photo/Agency"],
)
def test_a_short_first_line_or_a_caption_is_the_headline(first: str) -> None:
    assert headline_end(first + BODY, None) == len(first)


@pytest.mark.parametrize("first", ["The rebels rejected a truce on Monday.", "By Ann Smith"])
def test_a_sentence_or_a_byline_is_none(first: str) -> None:
    assert headline_end(first + BODY, None) == 0


def test_what_a_named_source_says_is_borne_out() -> None:
    text = "Rebels reject truce" + BODY
    said = statement(text, "Rebels rejected the truce on Monday")
    (claim,) = claims(text, 19, [said], [])
    assert (claim.support, claim.by) == ("full", ("s1",))


def test_what_somebody_denies_is_disputed() -> None:
    text = "Rebels reject truce" + BODY
    said = statement(text, "Rebels rejected the truce on Monday", authority="unnamed")
    denied = statement(text, "that", id="s2", act="deny", about=("s1",))
    (claim,) = claims(text, 19, [said, denied], [])
    assert claim.support == "disputed"
    assert "s2" in claim.by


def test_what_the_body_does_not_say_has_no_support() -> None:
    text = "Earthquake destroys northern harbour" + BODY
    assert claims(text, 36, [], [])[0].support == "none"


def test_lines_of_nothing_but_space_are_no_headline() -> None:
    assert headline_end("\n\n \n\n Korush", None) == 0

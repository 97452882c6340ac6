"""Mentions gathered into those who act in a report."""

from tests.reading.hand import analysis, mention, relate

from onrecord.reading.cast import Cast, cast_of


def cast(text: str, *mentions: tuple[str, str]) -> Cast:
    made = analysis(text)
    for name, kind in mentions:
        mention(made, name, kind)  # type: ignore[arg-type]
    return cast_of(made)


def surfaces(found: Cast) -> list[list[str]]:
    return [cluster.surfaces for cluster in found.clusters]


def test_a_name_in_brackets_is_another_name_of_the_same() -> None:
    made = analysis("The Home League (QVX) fled. They of QVX deny it.")
    mention(made, "Home League (QVX)", "group")
    mention(made, "QVX", "group", 2)
    assert surfaces(cast_of(made)) == [["Home League (QVX)", "QVX"]]


def test_a_named_person_is_not_the_group_whatever_the_model_says() -> None:
    made = analysis("The Front met. Front leader Orin Tel spoke.")
    mention(made, "The Front", "group")
    mention(made, "Front leader Orin Tel", "person")
    relate(made, "same", "Front leader Orin Tel", "The Front", 12)
    assert len(cast_of(made).clusters) == 2


def test_what_the_model_takes_for_one_is_one() -> None:
    made = analysis("The Front met. The rebels left.")
    mention(made, "The Front", "group")
    mention(made, "The rebels", "group")
    relate(made, "same", "The rebels", "The Front", 12)
    assert surfaces(cast_of(made)) == [["The Front", "The rebels"]]


def test_mentions_near_a_word_are_those_within_reach() -> None:
    found = cast("Orr spoke, and later on Tel left.", ("Orr", "person"), ("Tel", "person"))
    assert found.near(2, 2) == [0]
    assert found.near(3, 4) == [0, 6]

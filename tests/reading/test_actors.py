from tests.reading.hand import analysis, mention, relate

from onrecord.reading.actors import actors, cast_of
from onrecord.record import Actor


def all_actors(text: str, *mentions: tuple[str, str, int]) -> list[Actor]:
    made = analysis(text)
    for name, kind, occurrence in mentions:
        mention(made, name, kind, occurrence)  # type: ignore[arg-type]
    cast = cast_of(made)
    return actors(made, cast, [id(c) for c in cast.clusters])


def test_a_last_name_is_the_person_named_before() -> None:
    (actor,) = all_actors(
        "Prime Minister Olena Varga spoke. Varga left.",
        ("Prime Minister Olena Varga", "person", 1),
        ("Varga", "person", 2),
    )
    assert actor.name == "Olena Varga"
    assert actor.role == "Prime Minister"
    assert "Varga" in actor.aliases


def test_an_acronym_is_what_it_shortens() -> None:
    (actor,) = all_actors(
        "The Northern People Front attacked. The NPF denied it.",
        ("Northern People Front", "group", 1),
        ("NPF", "group", 1),
    )
    assert actor.name == "Northern People Front"
    assert actor.aliases == ("NPF",)


def test_a_name_in_brackets_is_another_name_of_the_same() -> None:
    (actor,) = all_actors(
        "The outlawed Korush Home League (QVX) fled. QVX denied it.",
        ("outlawed Korush Home League (QVX)", "group", 1),
        ("QVX", "group", 2),
    )
    assert {"QVX", "outlawed Korush Home League (QVX)"} == {actor.name, *actor.aliases}


def test_a_named_person_is_not_the_group_whatever_the_model_says() -> None:
    made = analysis("The Front met. Front leader Orin Tel spoke.")
    mention(made, "The Front", "group")
    mention(made, "Front leader Orin Tel", "person")
    relate(made, "same", "Front leader Orin Tel", "The Front", 12)
    assert len(cast_of(made).clusters) == 2


def test_a_states_army_is_the_state() -> None:
    (actor,) = all_actors(
        "Israel spoke. The Israeli army moved.",
        ("Israel", "state", 1),
        ("The Israeli army", "state", 1),
    )
    assert actor.name == "Israel"


def test_two_states_stay_two() -> None:
    found = all_actors("Egypt met Qatar.", ("Egypt", "state", 1), ("Qatar", "state", 1))
    assert [a.name for a in found] == ["Egypt", "Qatar"]


def test_an_unnamed_source_belongs_to_its_country() -> None:
    found = all_actors(
        "Egypt waits. Two Egyptian security sources spoke.",
        ("Egypt", "state", 1),
        ("Two Egyptian security sources", "unnamed", 1),
    )
    assert found[1].of == found[0].id
    assert found[1].role == "Egyptian security sources"

from tests.reading.hand import analysis, mention

from onrecord.reading.actors import actors
from onrecord.reading.cast import cast_of
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

import pytest
from tests.linking.conftest import Make, actor

from onrecord.linking import actors, known, people
from onrecord.linking.catalogue import Catalogue
from onrecord.linking.surfaces import core


def who(catalogue: Catalogue, id: str | None) -> str | None:
    return catalogue.actors[id].name if id else None


def test_one_state_has_many_names(make: Make) -> None:
    catalogue = Catalogue()
    names = ("Russia", "the Kremlin", "Moscow", "Russian officials", "the Russian army")
    text = "Russia, the Kremlin, Moscow, Russian officials and the Russian army agreed."
    record = make(text, actors=[actor(f"a{n}", name, "state") for n, name in enumerate(names)])
    found = {one.id for one in actors.resolve(record, catalogue).values()}
    assert [who(catalogue, id) for id in found] == ["Russia"]


def test_a_person_is_known_again_by_the_family_name(make: Make) -> None:
    catalogue = Catalogue()
    first = make("Ilena Marrow spoke.", actors=[actor("a1", "Ilena Marrow", "person")])
    later = make("Ms. Marrow left.", actors=[actor("a1", "Ms. Marrow", "person")])
    one = actors.resolve(first, catalogue)["a1"].id
    assert actors.resolve(later, catalogue)["a1"].id == one is not None


def test_a_family_name_that_came_first_takes_the_full_name(make: Make) -> None:
    catalogue = Catalogue()
    first = make("President Orlo spoke.", actors=[actor("a1", "President Orlo", "person")])
    later = make("Tam Orlo spoke.", actors=[actor("a1", "Tam Orlo", "person")])
    one = actors.resolve(first, catalogue)["a1"].id
    assert actors.resolve(later, catalogue)["a1"].id == one
    assert who(catalogue, one) == "Tam Orlo"


def test_two_of_one_family_name_stay_apart(make: Make) -> None:
    catalogue = Catalogue()
    text = "Ilena Marrow met Piet Marrow."
    both = [actor("a1", "Ilena Marrow", "person"), actor("a2", "Piet Marrow", "person")]
    found = actors.resolve(make(text, actors=both), catalogue)
    assert found["a1"].id != found["a2"].id
    alone = make("Marrow spoke.", actors=[actor("a1", "Marrow", "person")])
    assert actors.resolve(alone, catalogue)["a1"].id not in (found["a1"].id, found["a2"].id)


def test_an_acronym_in_brackets_is_learned_for_later_reports(make: Make) -> None:
    catalogue = Catalogue()
    text = "The Orsan Resistance Front (ORF) refused."
    first = make(text, actors=[actor("a1", "Orsan Resistance Front", "group", "ORF")])
    later = make("ORF fighters fled. ORF lost.", actors=[actor("a1", "ORF", "group")])
    one = actors.resolve(first, catalogue)["a1"].id
    assert actors.resolve(later, catalogue)["a1"].id == one
    assert catalogue.actors[one or ""].names["orf"] == ("ORF", "acronym")


def test_an_unnamed_source_is_nobody_but_has_a_side(make: Make) -> None:
    catalogue = Catalogue()
    text = "Egypt waits, two Egyptian security sources said."
    source = actor("a2", "two Egyptian security sources", "unnamed", of="a1")
    found = actors.resolve(make(text, actors=[actor("a1", "Egypt", "state"), source]), catalogue)
    assert found["a2"].id is None
    assert who(catalogue, found["a2"].party) == "Egypt"


def test_one_wrong_alias_does_not_carry_an_actor_away(make: Make) -> None:
    catalogue = Catalogue()
    text = "Hamas, Hamas, Hamas and the Houthis. The Houthis, the Houthis."
    record = make(text, actors=[actor("a1", "the Houthis", "group", "Hamas")])
    assert who(catalogue, actors.resolve(record, catalogue)["a1"].id) == "Houthis"


def test_descriptions_are_no_names(make: Make) -> None:
    catalogue = Catalogue()
    text = "the Islamist group and The Government met residents."
    kinds = {"the Islamist group": "group", "The Government": "body", "residents": "people"}
    made = [actor(f"a{n}", name, kind) for n, (name, kind) in enumerate(kinds.items())]
    found = actors.resolve(make(text, actors=made), catalogue)
    assert {one.id for one in found.values()} == {None}


def test_a_name_in_a_description_is_the_actors(make: Make) -> None:
    catalogue = Catalogue()
    first = make("Brenna Dawn spoke.", actors=[actor("a1", "Brenna Dawn", "group")])
    words = "the armed movement Brenna Dawn"
    later = make(f"He met {words}.", actors=[actor("a1", words, "group")])
    one = actors.resolve(first, catalogue)["a1"].id
    assert actors.resolve(later, catalogue)["a1"].id == one is not None


def test_a_source_described_by_a_name_is_not_its_bearer(make: Make) -> None:
    catalogue = Catalogue()
    named = actor("a1", "Brenna Dawn", "group")
    source = actor("a2", "a Brenna Dawn official", "unnamed", of="a1")
    record = make("Brenna Dawn waits, a Brenna Dawn official said.", actors=[named, source])
    found = actors.resolve(record, catalogue)
    assert found["a2"].id is None
    assert found["a2"].party == found["a1"].id


def test_an_office_abroad_is_not_the_country(make: Make) -> None:
    text = "Israel's ambassador to the US wept."
    record = make(text, actors=[actor("a1", "Israel's ambassador to the US", "person")])
    assert actors.resolve(record, Catalogue())["a1"].id is None


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("the Lebanese guerrilla movement Brenna Dawn", "Brenna Dawn"),
        ("Kaldia's powerful Brenna Dawn movement", "Brenna Dawn"),
        ("Kaldia's Velmari ally, Brenna Dawn", "Brenna Dawn"),
        ("the Kaldia-backed al-Orsa Front", "al-Orsa Front"),
        ("Tasmin news agency of Kaldia", "Tasmin"),
        ("the Syrian Democratic Forces", "Syrian Democratic Forces"),
        ("forces loyal to Orlo", ""),
        ("the Orlo government", ""),
        ("the Islamist group", ""),
        ("Syrian rebels", ""),
    ],
)
def test_the_name_in_what_a_group_is_called(surface: str, name: str) -> None:
    assert core(surface) == name


def test_roles_are_told_with_whom_they_are_of(make: Make) -> None:
    catalogue = Catalogue()
    text = "Sergei Petrov, Russian foreign minister, spoke."
    person = actor("a1", "Sergei Petrov", "person", role="Russian foreign minister")
    record = make(text, actors=[person])
    found = actors.resolve(record, catalogue)
    told = list(actors.affiliations(record, found))
    assert [(role, who(catalogue, of)) for _, role, of in told] == [
        ("Russian foreign minister", "Russia")
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Kim Jong Un", "Kim Jong-un", True),
        ("Kim Jong Un", "Kim Yo Jong", False),
        ("Recep Tayyip Erdoğan", "Tayyip Erdogan", True),
        ("Izzat al-Rishq", "Ezzat al-Rishq", True),
        ("John R. Bolton", "John Bolton", True),
        ("Jim Orlo", "James Orlo", True),
        ("Sung Kim", "Kim Jong Un", False),
        ("Ilena Marrow", "Piet Marrow", False),
    ],
)
def test_which_names_can_be_one_persons(one: str, other: str, alike: bool) -> None:
    assert people.alike(one, other) is alike
    assert people.alike(other, one) is alike


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("U.S. Secretary of State Antony Blinken", "Antony Blinken"),
        ("Israeli Prime Minister Benjamin Netanyahu", "Benjamin Netanyahu"),
        ("Rear Admiral Daniel Hagari, a spokesman", "Daniel Hagari"),
        ("Mr. Kim", "Kim"),
        ("Kim’s", "Kim"),
        ("The leader of the Front, Ilena Marrow", "Ilena Marrow"),
        ("Velmar's ambassador to the Union, Tam Orlo", "Tam Orlo"),
    ],
)
def test_titles_come_off_a_name(written: str, bare: str) -> None:
    assert people.bare(written) == bare


@pytest.mark.parametrize("text", ["Velmar Wants Concessions From Orlo", "on the side of de Orlo"])
def test_what_is_no_given_name_does_not_fill_a_family_name_up(text: str) -> None:
    assert people.fuller("Orlo", text) == "Orlo"


def test_a_lone_family_name_is_filled_up_from_the_text() -> None:
    text = "Council head Ilena Marrow left. Marrow said so; her brother Piet Marrow wept."
    assert people.fuller("Marrow", text) == "Ilena Marrow"
    assert people.fuller("Piet Marrow", text) == "Piet Marrow"


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("the Pentagon", "United States"),
        ("Israeli troops", "Israel"),
        ("Syrian Democratic Forces", None),
        ("Israelis", "Israel"),
        ("the harbour", None),
    ],
)
def test_what_stands_for_a_state(name: str, country: str | None) -> None:
    assert known.state(name) == country

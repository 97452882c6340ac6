from onrecord.reading.names import acronym, called, folded, is_acronym, person_key, without_title


def test_folding_forgets_case_accents_articles_and_possessives() -> None:
    assert folded("The Côte d’Ivoire's army") == folded("cote d'ivoire army")


def test_an_acronym_is_made_of_the_capitals() -> None:
    assert acronym("Justice and Equality Movement") == "JEM"
    assert is_acronym("U.N.")
    assert not is_acronym("Hamas")


def test_a_person_is_called_by_the_last_name() -> None:
    assert person_key("Foreign Minister Olena Varga") == "varga"
    assert person_key("Izzat al-Rishq") == person_key("al-Rishq") == "al rishq"


def test_a_bracketed_name_calls_its_bearer_too() -> None:
    assert {"home league", "hl"} <= called("the Home League (HL)")
    assert called("Home League") == {"home league"}


def test_titles_go_and_descriptions_stay() -> None:
    assert without_title("U.S. Secretary of State Olena Varga") == "Olena Varga"
    assert without_title("A senior commander of the Front") == "A senior commander of the Front"

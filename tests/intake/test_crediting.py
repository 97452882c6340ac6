import pytest

from onrecord.intake.crediting import byline, wire


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("CAIRO (Reuters) - The Front rejected it.", ("Reuters",)),
        ("PORT SAHL, July 14 (AFP) -- The Front", ("AFP",)),
        ("(Reuters) - The Front", ("Reuters",)),
        ("A camp in Brenna. Photo/Reuters", ("Reuters",)),
        ("The bridge on Monday [Ana Roe/AP]", ("Associated Press",)),
        ("Soldiers rest. (AP Photo/ Ana Roe)", ("Associated Press",)),
        ("It holds, he said. (AFP)", ("AFP",)),
        ("It holds.\n\n(with agency reports)", ("agencies",)),
        ("It holds.\n\nAgencies", ("agencies",)),
        ("The Associated Press contributed to this report.", ("Associated Press",)),
        ("Additional reporting by Reuters and dpa.", ("Reuters", "dpa")),
        ("SEOUL (Reuters) - Talks.\n\nSoldiers. Photo: AFP", ("Reuters", "AFP")),
    ],
)
def test_a_credit_counts_wherever_it_stands(text: str, credited: tuple[str, ...]) -> None:
    assert wire(text) == credited


@pytest.mark.parametrize(
    "text",
    [
        "An official told Reuters that it holds.",
        "It holds, Reuters reported.",
        "Three people died, according to AFP.",
        "A Reuters journalist was near the bridge.",
        "Agencies that bring food wait at the border.",
        "The ap on her phone rang.",
    ],
)
def test_an_agency_that_is_told_or_cited_is_no_credit(text: str) -> None:
    assert wire(text) == ()


def test_a_byline_stands_at_the_start() -> None:
    assert byline("Truce holds\nBy Ana Roe and Ben al-Doe\n\nBRENNA") == "Ana Roe and Ben al-Doe"
    assert byline("BRENNA - It was signed by Ana Roe.") is None

"""Each question's page gives the answer that the store has, with its words."""

import json
from dataclasses import replace

import pytest
from tests.serve.pages.conftest import Browser

from onrecord import views
from onrecord.serve.pages.figures import shown
from onrecord.serve.pages.search import pieces
from onrecord.store import Store


def test_from_the_matrix_to_the_words_in_two_clicks(reader: Browser) -> None:
    cell = reader.open("/positions").all("//td[@data-topic='ceasefire']/a/@href")[0]
    history = reader.open(str(cell))
    assert history.texts("//h1") == ["Front on ceasefire"]
    words = history.all("//ol[@class='turns']//span[@class='words']/a/@href")[0]
    report, _, key = str(words).partition("#")
    (row,) = reader.open(report).texts(f"//li[@id='{key}']")
    assert "rejects" in row


def test_a_cell_has_stance_authority_and_age(reader: Browser) -> None:
    (cell,) = reader.open("/positions?party=Kaldia").texts("//td[@data-topic='ceasefire']")
    assert "offers" in cell
    assert "the report itself" in cell
    assert "that day" in cell


def test_changes_since_a_day_stand_out(reader: Browser) -> None:
    since = "//td[contains(@class, 'changed')]"
    page = reader.open("/positions?changed-since=2025-05-01")
    assert len(page.all(since)) == 2
    assert "2 stances on this page are new or otherwise than before 1 May 2025" in page.words
    unchanged = reader.open("/positions?changed-since=2025-06-01")
    assert unchanged.all("//td[@data-topic]")
    assert not unchanged.all(since)


def test_htmx_gets_the_history_alone(reader: Browser) -> None:
    address = "/positions/history?party=Kaldia&topic=ceasefire"
    part = reader.open(address, hx_request="true")
    assert "<html" not in part.source
    assert "Kaldia" in part.words
    assert reader.open("/positions/history?party=Kaldia").status == 422


def test_the_ledger_has_terms_prices_and_answers(reader: Browser) -> None:
    page = reader.open("/ledger?since=2025-06-01")
    (offer,) = page.all("//li[@class='offer']")
    assert " ".join(offer.xpath(".//h2")[0].text_content().split()) == "Kaldia to Front"
    given, taken = offer.xpath(".//div[@class='bargain']/ul")
    assert "ceasefire" in given.text_content()
    assert "captives" in taken.text_content()
    answers = [
        " ".join(one.text_content().split()) for one in offer.xpath(".//ul[@class='answers']/li")
    ]
    assert [one.split(" “")[0] for one in answers] == [
        "✗ Front rejects",
        "✗ Ilena Marrow rejects",
    ]


def test_copies_of_a_story_answer_once(reader: Browser) -> None:
    whole = reader.open("/ledger?until=2025-05-27")
    assert "told 4 times in one story" in whole.words
    answers = whole.texts("//ul[@class='answers']/li")
    assert len(answers) == 2
    assert all("rejects" in answer for answer in answers)


def test_the_timeline_has_events_and_statements_by_day(reader: Browser) -> None:
    page = reader.open("/timeline")
    assert page.all("//li[@class='happening']")
    assert page.all("//li[@class='saying']")
    days = page.all("//h2/time/@datetime")
    assert days == sorted(days, reverse=True)
    assert not reader.open("/timeline?show=events").all("//li[@class='saying']")
    assert not reader.open("/timeline?show=statements").all("//li[@class='happening']")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("type=ASSAULT", "assault"),
        ("act=deny", "✗ denies"),
        ("act=reject", "✗ rejects"),
        ("act=deny&party=Velmar", "✗ denies"),
        ("type=REJECT&party=Kaldia", "reject"),
    ],
)
def test_the_timeline_by_what_was_done(reader: Browser, query: str, wanted: str) -> None:
    lines = reader.open(f"/timeline?{query}").texts("//p[@class='what']")
    assert lines
    assert all(wanted in line for line in lines)


def test_a_denial_on_the_timeline_has_what_it_denies(reader: Browser) -> None:
    page = reader.open("/timeline?act=deny")
    assert "told by two Kaldian diplomats" in page.texts("//p[@class='answers-what']")[0]


def test_figures_stand_as_given_and_are_there_for_the_plot(reader: Browser) -> None:
    page = reader.open("/figures?who=villagers")
    amounts = page.texts("//td[@class='amount']")
    assert amounts == ["> 40", "> 52", "> 61", "> 38"]
    (points,) = (json.loads(str(one)) for one in page.all("//figure/@data-points"))
    assert [(day, value, bound) for day, value, _, bound, *_ in points] == [
        ("2025-05-26", 40.0, "more_than"),
        ("2025-05-28", 52.0, "more_than"),
        ("2025-06-02", 61.0, "more_than"),
    ]


def test_a_dispute_has_both_sides_with_their_words(reader: Browser) -> None:
    says, denies = reader.open("/disputes").all("(//div[@class='sides'])[1]/section")
    assert "two Kaldian diplomats" in says.text_content()
    assert "that the army had shelled Brenna" in denies.text_content()


def test_an_actor_has_roles_names_statements_and_who_denied_it(reader: Browser) -> None:
    (link,) = [one for one in reader.open("/actors?name=marrow").links if "/actors/c-" in one]
    page = reader.open(link)
    assert page.texts("//h1") == ["Ilena Marrow"]
    assert "member of its council" in page.words
    assert "on the side of Front" in page.words
    assert len(page.all("//section[@id='said']//ul[@class='sayings']/li")) == 4
    assert reader.open(f"{link}?act=demand").all("//section[@id='said']//p[@class='empty']")
    assert reader.open("/actors/c-nobody").status == 404


def test_what_rests_on_unnamed_sources_alone(reader: Browser) -> None:
    weak = reader.open("/sources").texts("//ol[@class='weak']/li")
    assert weak
    assert all("unnamed" in line for line in weak)
    (quoted,) = reader.open("/sources?show=quoted").texts("//table//tbody/tr")
    assert quoted.startswith("Ilena Marrow Front 4")


def test_a_search_says_whose_words_they_are(reader: Browser) -> None:
    page = reader.open("/search?q=%22shelled+Brenna%22&since=2025-06-01")
    (hit,) = page.texts("//ol[@class='hits']/li")
    assert "a spokesman for Velmar" in hit.lower() or "spokesman" in hit
    assert page.texts("//mark") == ["shelled Brenna"]
    assert "No report has elephants." in reader.open("/search?q=elephants").words


@pytest.mark.parametrize(
    ("passage", "wanted", "lit"),
    [
        ("They rejected the truce.", ["rejects"], ["rejected"]),
        ("A lasting truce, a truce.", ["lasting truce"], ["lasting truce"]),
        ("Nothing here.", ["truce"], []),
    ],
)
def test_the_words_that_were_looked_for_are_lit(
    passage: str, wanted: list[str], lit: list[str]
) -> None:
    cut = pieces(passage, wanted)
    assert "".join(piece for piece, _ in cut) == passage
    assert [piece for piece, on in cut if on] == lit


def test_a_long_series_shows_its_ends_and_plots_all_of_it(filled: Store) -> None:
    with filled.read() as connection:
        (series,) = views.figures(connection, views.Filters())
    told = series.figures[0]
    many = replace(series, figures=tuple(replace(told, n=n, value=float(n)) for n in range(30)))
    short, whole = shown(many, every=False), shown(many, every=True)
    assert [row.first.value for row in short.rows] == [*range(6), *range(24, 30)]
    assert short.left_out == 18
    assert (len(whole.rows), whole.left_out) == (30, 0)
    assert len(short.points) == 30

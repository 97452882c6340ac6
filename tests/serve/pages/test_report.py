"""The list of reports, and a report beside its record."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.pages.conftest import Browser, Page, browser, kept
from tests.store.building import record

from onrecord.record import Record
from onrecord.store import Store, reviews
from onrecord.store.keys import report_id


def address(number: int, published: str, **more: object) -> str:
    made = record(number, published=published, **more)  # type: ignore[arg-type]
    return f"/reports/{report_id(made.text)}"


FIRST = address(1, "2025-05-26", killed=40)
THIRD = address(3, "2025-06-02", killed=61, title="No truce in Brenna")


@pytest.fixture(scope="module")
def page(reader: Browser) -> Page:
    return reader.open(FIRST)


def test_the_text_is_there_as_published(page: Page) -> None:
    text = record(1, killed=40).text
    (article,) = page.all("//article")
    for number in article.xpath(".//a[@class='n']"):
        number.text = None
    paragraphs = [p.text_content() for p in article.xpath("./p")]
    assert "\n\n".join(paragraphs).strip() == text.strip().partition("\n\n")[2]


def test_every_statement_is_marked_by_authority_and_its_number_leads_to_its_row(page: Page) -> None:
    said = page.all("//article//span[contains(@class, 'said')]")
    marks = {(one.get("data-e").split()[-1], one.get("class").split()[1]) for one in said}
    assert {authority for _, authority in marks} == {"named", "unnamed"}
    numbers = page.all("//article//a[@class='n']")
    assert [one.text for one in numbers] == ["1", "2", "3"]
    for number in numbers:
        (row,) = page.all(f"//li[@id='{number.get('href')[1:]}']")
        assert row.get("data-e") == number.get("data-e")
        assert "told" in row.get("class")


def test_words_and_rows_know_each_other(page: Page) -> None:
    inside = {id for one in page.all("//*[@data-e]") for id in one.get("data-e").split()}
    rows = {one.get("data-e") for one in page.all("//li[@data-entry]")}
    assert rows <= inside
    assert {"s1", "e1", "p1", "t1", "o1", "f1", "h1", "a1"} <= rows


def test_a_denial_leads_to_what_it_denies_and_back(page: Page) -> None:
    (denial,) = page.all("//li[@data-e='s3']")
    (ref,) = denial.xpath(".//span[@class='no']/a[@class='ref']")
    assert ref.get("data-ref") == "s1"
    (denied,) = page.all(f"//li[@id='{ref.get('href')[1:]}']")
    assert denied.get("data-e") == "s1"
    (event,) = page.all("//li[@data-e='e1']")
    assert "s3" in event.xpath(".//span[@class='no']/a/@data-ref")


def test_the_headline_has_its_verdict(page: Page) -> None:
    (verdict,) = page.texts("//ul[@class='verdicts']/li")
    assert "borne out" in verdict
    assert "on the word of Ilena Marrow 2" in verdict


def test_actors_lead_to_their_pages(page: Page, reader: Browser) -> None:
    (link,) = page.all("//li[@data-e='a4']/a/@href")
    assert "Ilena Marrow" in reader.open(str(link)).texts("//h1")[0]


def test_versions_and_copies(reader: Browser) -> None:
    page = reader.open(THIRD)
    (kin,) = page.texts("//section[@id='kin']")
    assert "Earlier Front rejects truce" in kin
    assert "value: 40 → 61" in kin
    assert f"{FIRST}" in page.links
    assert "There is a later version" in reader.open(FIRST).words


def test_a_place_that_is_no_web_address_is_no_link(reader: Browser) -> None:
    (found,) = reader.open(FIRST).all("//section[@id='kin']//span[@class='place']")
    assert found.text_content() == "here.txt"


def test_a_report_that_is_not_there(reader: Browser) -> None:
    assert reader.open("/reports/r-0123456789").status == 404


def test_the_keys_are_told(page: Page) -> None:
    (dialog,) = page.texts("//dialog[@id='keys']")
    assert "next, previous statement" in dialog


def test_the_list_says_on_whose_word_each_report_stands(reader: Browser) -> None:
    page = reader.open("/reports?since=2025-06-01")
    assert page.texts("//h2") == ["No truce in Brenna"]
    assert page.all("//*[local-name()='svg']/@aria-label") == ["1 named, 2 unnamed"]
    assert "1 report" in page.words
    assert reader.open("/reports?publisher=The+Daily").texts("//h2") == ["Truce fails"]


def test_what_a_person_has_looked_at_stands_apart(tmp_path: Path) -> None:
    made = record(1)
    with Store.open(tmp_path / "s.db") as store:
        kept(store, made)
        where = f"/reports/{report_id(made.text)}"
        (entry,) = browser(store).open(where).all("//li[@data-e='s2']/@data-entry")
        reviews.accept(store, str(entry), who="Ana")
        page = browser(store).open(where)
    (row,) = page.all("//li[@data-e='s2']")
    assert "is-reviewed" in row.get("class")
    assert "✓ accepted" in row.text_content()
    assert "accepted" not in page.all("//li[@data-e='s1']")[0].text_content()


def test_characters_that_turn_words_around_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    data = record(1).to_dict()
    turned = data["report"]["text"].replace("No. 1.", "\u202eNo. 1.")
    made = Record.from_dict({**data, "report": {**data["report"], "text": turned}})
    with Store.open(tmp_path / "s.db") as store:
        kept(store, made)
        page = browser(store).open(f"/reports/{report_id(turned)}")
    assert "\u202e" not in page.source
    (shown,) = page.all("//bdi[@class='turning']/@title")
    assert "right-to-left override" in shown


def test_a_long_text_is_shown_in_parts_none_of_them_heavy(tmp_path: Path) -> None:
    data = record(1).to_dict()
    sentence = "Nothing more was said on Monday. " * 20
    whole = data["report"]["text"] + "\n\n".join([sentence] * 700)
    made = Record.from_dict({**data, "report": {**data["report"], "text": whole}})
    with Store.open(tmp_path / "s.db") as store:
        kept(store, made)
        where = f"/reports/{report_id(whole)}"
        first, last = browser(store).open(where), browser(store).open(f"{where}?part=24")
        (entry,) = first.all("//li[@data-e='s2']/@id")
        at = browser(store).open(f"{where}?at={entry}")
        assert browser(store).open(f"{where}?part=99").status == 404
    assert "Part 1 of 24" in first.words
    assert len(first.source.encode()) < 100_000
    assert not last.all("//aside//li[@data-entry]")
    assert "Nothing in this part of the text" in last.words
    assert last.all("//ul[@class='verdicts']//a[@class='ref'][starts-with(@href, '?part=1#')]")
    assert at.all(f"//li[@id='{entry}']")


def test_whoever_is_signed_in_is_led_to_the_review_of_an_entry(
    store: Store, visitor: TestClient, signed_in: TestClient
) -> None:
    made = record(1)
    kept(store, made)
    where = f"/reports/{report_id(made.text)}"
    page = Page(where, 200, signed_in.get(where).text)
    links = page.all("//a[@class='to-review']/@href")
    assert links
    assert all(signed_in.get(str(link)).status_code == 200 for link in links[:2])
    assert "to-review" not in visitor.get(where).text

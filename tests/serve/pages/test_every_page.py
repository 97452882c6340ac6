"""What holds of every reading page."""

from pathlib import Path

import pytest
from tests.serve.pages.conftest import Browser, browser

from onrecord.store import Store

PAGES = (
    "/reports",
    "/ledger",
    "/positions",
    "/timeline",
    "/figures",
    "/disputes",
    "/actors",
    "/sources",
    "/sources?show=quoted",
    "/search?q=truce",
)
WORDED = (
    *(one for one in PAGES if one not in ("/positions", "/actors")),
    "/positions/history?party=Kaldia&topic=ceasefire",
)
"""Those with words of reports."""
HEAVIEST = 500_000


@pytest.mark.parametrize("address", WORDED)
def test_every_line_leads_to_the_words_of_a_report(reader: Browser, address: str) -> None:
    found = [link for link in reader.open(address).links if link.startswith("/reports/")]
    assert found
    for link in set(found):
        report, _, key = link.partition("#")
        page = reader.open(report)
        assert page.status == 200
        if key:
            assert page.all(f"//li[@id='{key}']"), link


@pytest.mark.parametrize("address", [*PAGES, "/search"])
def test_a_page_says_what_it_is_and_is_not_heavy(reader: Browser, address: str) -> None:
    page = reader.open(address)
    assert (page.status, len(page.all("//h1"))) == (200, 1)
    assert len(page.source.encode()) < HEAVIEST
    ids = [one.get("id") for one in page.all("//*[@id]")]
    assert len(ids) == len(set(ids))
    for field in page.all("//main//input[not(@type='hidden')] | //main//select"):
        assert list(field.iterancestors("label"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_without_an_answer_says_what_to_do(tmp_path: Path, address: str) -> None:
    with Store.open(tmp_path / "store.db") as store:
        page = browser(store).open(address)
    assert page.status == 200
    (empty,) = page.texts("//*[@class='empty']")
    assert "onrecord add" in empty or "Take a filter off" in empty or "Try fewer words" in empty


@pytest.mark.parametrize("page", ["/ledger", "/positions", "/timeline", "/disputes", "/sources"])
def test_a_party_that_nobody_is_called_is_told_with_those_that_come_near(
    reader: Browser, page: str
) -> None:
    answer = reader.open(f"{page}?party=Kaldya")
    assert answer.status == 404
    assert "there is Kaldia" in answer.words


@pytest.mark.parametrize(
    "address",
    ["/ledger?since=soon", "/positions?changed-since=1-1", "/timeline?type=WAR", "/figures?what=x"],
)
def test_what_is_not_legal_is_told_with_what_is(reader: Browser, address: str) -> None:
    answer = reader.open(address)
    assert answer.status == 422
    assert "wants" in answer.words


@pytest.mark.parametrize("address", ["/reports", "/timeline", "/positions", "/disputes"])
def test_an_answer_goes_on_from_page_to_page(reader: Browser, address: str) -> None:
    first = reader.open(f"{address}?limit=1")
    (onward,) = first.all("//nav[@class='pages']//a[@rel='next']/@href")
    second = reader.open(str(onward))
    assert second.status == 200
    assert second.all("//nav[@class='pages']//a[@rel='prev']")
    assert second.words != first.words


def test_filters_stay_in_the_address(reader: Browser) -> None:
    page = reader.open("/timeline?limit=1&party=Velmar&since=2025-05-01")
    (onward,) = page.all("//nav[@class='pages']//a[@rel='next']/@href")
    assert "party=Velmar" in onward
    assert "since=2025-05-01" in onward
    assert page.all("//input[@name='party'][@value='Velmar']")


def test_a_reading_page_is_the_same_under_any_name_of_a_party(reader: Browser) -> None:
    by_name = reader.open("/disputes?party=the Front")
    (id,) = {
        link.rpartition("/")[2]
        for link in reader.open("/actors?name=front").links
        if link.startswith("/actors/")
    }
    by_id = reader.open(f"/disputes?party={id}")
    assert by_id.texts("//ol[@class='disputes']") == by_name.texts("//ol[@class='disputes']") != []

"""What people come for, done as they do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import ROOT
from tests.serve.browser.conftest import TOKEN, Served, Someone

from onrecord.reading.network import model_folder
from onrecord.store import load, reviews


def needs_model(test: Callable[..., None]) -> Callable[..., None]:
    """Marks a test that reads with the shipped model."""
    there = model_folder().is_dir()
    missing = pytest.mark.skipif(not there, reason=f"no model in {model_folder()}")
    marked: Callable[..., None] = pytest.mark.model(missing(test))
    return marked


def entry(served: Served, local: str, report: int = 0) -> str:
    """The id of an entry of a report."""
    with served.store.read() as connection:
        n = load.number(connection, served.reports[report])
        key = load.as_decided(connection, n).key[local]
    return f"{served.reports[report]}:{key}"


def undone(served: Served, id: str) -> None:
    """Takes back all that was decided about an entry, so that tests don't hear of each other."""
    with served.store.read() as connection:
        made = [one for one in reviews.history(connection, id) if one.holds]
    for one in reversed(made):
        reviews.undo(served.store, one.id, who="a test")


def test_signing_in_by_the_link_that_the_server_prints(someone: Someone) -> None:
    page = someone()
    page.goto(f"/sign-in#{TOKEN}")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("header .who")).to_contain_text("Ana")
    assert TOKEN not in page.url
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


@needs_model
def test_a_text_is_pasted_and_its_record_read(someone: Someone) -> None:
    page = someone("Ana")
    page.goto("/")
    text = (ROOT / "examples" / "accord.txt").read_text("utf-8")
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="Read and keep").click()
    page.wait_for_url("**/reports/r-*", timeout=60_000)
    expect(page.locator(".paper")).to_contain_text(text.split()[-1])
    statement = page.locator(".record .told").first
    expect(statement).to_be_visible()
    statement.locator("a.to-words").first.click()
    expect(page.locator(".paper .pinned").first).to_be_visible()


@needs_model
def test_a_folder_of_forty_reports_is_added_and_watched(someone: Someone, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    for n in range(40):
        words = f"Envoys met in Port Sahl for round {n}, a Kaldian official said. No deal was made."
        (folder / f"day{n:02}.txt").write_text(words, encoding="utf-8")
    page = someone("Ana")
    page.goto("/")
    page.locator("input[webkitdirectory]").set_input_files(folder)
    page.get_by_role("button", name="Read and keep").click()
    page.wait_for_url("**/jobs/*")
    job = page.locator("#job")
    expect(job.get_by_role("status")).to_contain_text("Done: 40 reports", timeout=120_000)
    page.get_by_role("link", name="day39.txt").click()
    expect(page.locator(".paper")).to_contain_text("round 39")


def test_from_the_matrix_to_the_words_in_two_clicks(someone: Someone) -> None:
    page = someone()
    page.goto("/positions")
    page.locator("a.cell").first.click()
    quote = page.locator("#history .turns a[href*='#o-']").first
    expect(quote).to_be_visible()
    quote.click()
    page.wait_for_url("**/reports/r-*#o-*")
    expect(page.locator(".paper .pinned, .paper .lit").first).to_be_in_viewport()


def test_a_corrected_speaker_is_seen_everywhere_and_undone(
    someone: Someone, served: Served
) -> None:
    """From the report's page by keys: the diplomats' statement is Ilena Marrow's."""
    id = entry(served, "s1", report=1)
    report, key = id.split(":")
    page = someone("Ana")
    page.goto(f"/review/entries/{id}")
    page.keyboard.press("e")
    speaker = page.get_by_label("Speaker", exact=True)
    before = str(speaker.evaluate("one => one.selectedOptions[0].textContent"))
    after = next(
        name
        for name in speaker.locator("option").all_inner_texts()
        if name not in (before, "nobody") and not name.lower().startswith(("a ", "the ", "two "))
    )
    speaker.select_option(label=after)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text(f"speaker {before} → {after}")
    said = "rejected a lasting truce on Friday"
    page.goto(f"/reports/{report}#{key}")
    row = page.locator(f"#{key}")
    expect(row.locator("xpath=ancestor::section[1]")).to_contain_text(after)
    expect(row).to_contain_text("corrected")
    page.locator(".source-of", has=row).locator("h3 a").click()
    expect(page.locator("#said")).to_contain_text(said)
    page.goto(f"/review/entries/{id}")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("took back the correction")
    page.goto(f"/reports/{report}#{key}")
    expect(page.locator(".source-of", has=page.locator(f"#{key}"))).to_contain_text(
        re.compile(before, re.I)
    )
    expect(page.locator(f"#{key}")).not_to_contain_text("corrected")


def test_the_queue_is_worked_through_by_keys(someone: Someone, served: Served) -> None:
    page = someone("Ana")
    page.goto("/review?layer=figures")
    rows = page.locator(".waiting")
    first, second = (str(rows.nth(n).get_attribute("data-entry")) for n in (0, 1))
    for key in ("j", "j", "k", "a"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("Ana accepted")
    expect(page.locator(f'[data-entry="{first}"]')).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("took back")
    expect(page.locator(f'[data-entry="{first}"]')).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url(f"**/review/entries/{second}?layer=figures")
    page.keyboard.press("r")
    page.wait_for_url("**/review/entries/**done=v-*")
    expect(page.get_by_role("status")).to_contain_text("Ana rejected")
    undone(served, second)


def test_words_are_picked_by_selecting_them(someone: Someone, served: Served) -> None:
    id = entry(served, "e1", report=2)
    page = someone("Ana")
    page.goto(f"/review/entries/{id}")
    words = page.locator('[name="trigger.words"]')
    page.get_by_role("button", name="Pick words of the text: Words that name it").click()
    _select(page, "jected a lasting tru")
    expect(words).to_have_value("rejected a lasting truce")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url("**done=v-*")
    with served.store.read() as connection:
        n = load.number(connection, id.partition(":")[0])
        record = load.record(connection, n)
    assert record.events[0].trigger.text == "rejected a lasting truce"
    undone(served, id)


def _select(page: Page, words: str) -> None:
    """Selects words across whatever pieces the passage is in, and lets go of the button."""
    page.locator(".passage").evaluate(
        """(passage, words) => {
          const nodes = [], walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const whole = nodes.map((node) => node.data).join(''), at = whole.indexOf(words);
          const place = (offset) => {
            for (const node of nodes) {
              if (offset <= node.data.length) return [node, offset];
              offset -= node.data.length;
            }
          };
          const range = document.createRange();
          range.setStart(...place(at)); range.setEnd(...place(at + words.length));
          getSelection().removeAllRanges(); getSelection().addRange(range);
          passage.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
        }""",
        words,
    )


def test_the_second_of_two_is_told_and_nothing_is_lost(someone: Someone, served: Served) -> None:
    id = entry(served, "e2", report=3)
    ana, ben = someone("Ana"), someone("Ben")
    for page in (ana, ben):
        page.goto(f"/review/entries/{id}")
    ana.get_by_label("Status").select_option("possible")
    ana.get_by_role("button", name="Correct", exact=True).click()
    ana.wait_for_url("**done=v-*")
    ben.get_by_role("button", name="Reject").click()
    expect(ben.get_by_role("heading", name="Somebody was first")).to_be_visible()
    expect(ben.get_by_role("main")).to_contain_text("Ana corrected")
    expect(ben.get_by_role("main")).to_contain_text("negated → possible")
    ben.get_by_role("link", name="Look at it as it is now").click()
    expect(ben.get_by_label("Status")).to_have_value("possible")
    undone(served, id)


def test_actors_are_merged_and_the_merge_undone(someone: Someone, served: Served) -> None:
    page = someone("Ana")
    page.goto("/review/actors?name=Kaldia")
    page.get_by_role("link", name="Kaldia", exact=True).click()
    page.get_by_label("Name").fill("Velmar")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Merge Kaldia into Velmar").click()
    expect(page.get_by_role("status")).to_contain_text("Ana merged Kaldia → Velmar")
    page.goto("/actors?name=Kaldia")
    expect(page.get_by_role("main")).to_contain_text("Velmar")
    page.go_back()
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("took back the merging")


def test_an_entry_is_accepted_beside_its_words_and_the_acceptance_undone(
    someone: Someone, served: Served
) -> None:
    id = entry(served, "s2", report=4)
    report, key = id.split(":")
    page = someone("Ana")
    page.goto(f"/reports/{report}#{key}")
    row = page.locator(f".record #{key}")
    for press, state in (("a", 1), ("u", 0)):
        expect(page.locator(".paper .pinned").first).to_be_visible()
        page.keyboard.press(press)
        expect(row.locator(".reviewed")).to_have_count(state)
    page.keyboard.press("e")
    page.wait_for_url(f"**/review/entries/{id}?onward=*")
    page.get_by_role("button", name="Accept as it is").click()
    page.wait_for_url(f"**/reports/{report}?done=*#{key}")
    undone(served, id)

"""Somebody whom a record lacks is brought in, and two who look like one are kept apart."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.serve.browser.conftest import Served, Someone
from tests.serve.browser.test_flows import entry, undone


def test_a_speaker_of_another_report_is_offered_while_one_types_and_seen_on_their_page(
    someone: Someone, served: Served
) -> None:
    id = entry(served, "s1", report=2)
    page = someone("Ana")
    page.goto(f"/review/entries/{id}")
    speaker = page.locator("fieldset", has=page.locator('[name="speaker.new"]'))
    speaker.locator("select").first.select_option("")
    speaker.locator("summary").click()
    name = speaker.get_by_label("Speaker: a name")
    name.press_sequentially("Tomas V")
    expect(page.locator('#known-actors option[value="Tomas Veldon"]')).to_have_count(1)
    name.fill("Tomas Veldon")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url("**done=v-*")
    expect(page.get_by_role("status")).to_contain_text("Tomas Veldon")
    report, _, key = id.partition(":")
    page.goto(f"/reports/{report}#{key}")
    row = page.locator(f"#{key}")
    expect(row).to_contain_text("corrected by Ana")
    page.locator(".source-of", has=row).locator("h3 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomas Veldon")
    expect(page.locator(f'#said a[href*="{report}"]').first).to_be_visible()
    undone(served, id)

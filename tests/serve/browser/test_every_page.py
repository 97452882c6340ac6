"""What holds of every page: nobody is shut out of it, it fits a phone, and no text runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.serve.browser.conftest import PHONE, Served, Someone
from tests.serve.filling import fill
from tests.store.building import record

from onrecord.record import Record
from onrecord.store import load, reviews

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = ("serious", "critical")

PAGES = (
    "/",
    "/reports",
    "/reports/{report}",
    "/ledger",
    "/positions",
    "/positions/history?party=Kaldia&topic=ceasefire",
    "/timeline",
    "/figures",
    "/disputes",
    "/actors",
    "/actors/{actor}",
    "/sources",
    "/search?q=truce",
    "/review",
    "/review/entries/{entry}",
    "/review/actors",
    "/review/actors/{actor}",
    "/review/log",
    "/review/gold",
    "/jobs",
    "/sign-in",
    "/api",
    "/nowhere",
)


@pytest.fixture(scope="module")
def places(served: Served) -> dict[str, str]:
    """A report, an entry and an actor that the addresses are of; something is decided."""
    with served.store.read() as connection:
        n = load.number(connection, served.reports[0])
        key = load.as_decided(connection, n).key
        id = connection.exec_driver_sql("SELECT id FROM catalogue WHERE name = 'Kaldia'").scalar()
    report = served.reports[0]
    reviews.accept(served.store, f"{report}:{key['s2']}", who="Ana", note="as it stands")
    return {"report": report, "entry": f"{report}:{key['s1']}", "actor": str(id)}


def faults(page: Page, rules: list[str]) -> list[str]:
    """The serious faults that axe-core finds."""
    page.evaluate(AXE)
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{page.url}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]} "
        f"{one['nodes'][0].get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


DARK = ("/", "/reports/{report}", "/positions", "/ledger", "/disputes", "/review/entries/{entry}")
"""Pages that between them have every colour: in nothing else do dark ones differ."""


@pytest.mark.parametrize(
    ("scheme", "pages", "rules"), [("light", PAGES, RULES), ("dark", DARK, ["color-contrast"])]
)
def test_axe_finds_no_serious_fault(
    someone: Someone, places: dict[str, str], scheme: str, pages: list[str], rules: list[str]
) -> None:
    page = someone("Ana", color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []
    for address in pages:
        page.goto(address.format(**places))
        found += faults(page, rules)
    assert not found, "\n".join(found)


def test_every_page_fits_a_phone(someone: Someone, places: dict[str, str]) -> None:
    page = someone("Ana", viewport=PHONE, device_scale_factor=2, has_touch=True)
    wide = []
    for address in PAGES:
        page.goto(address.format(**places))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append(f"{address}: {width} pixels wide")
    assert not wide, "\n".join(wide)


# ---- hostile texts -------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert('script')</script>",
    "<img src=x onerror=\"alert('image')\">",
    "\"><svg onload=alert('svg')>",
    "{{ 7 * 7 }}${alert(1)}",
    "javascript:alert('link')",
    "\u202eesrever\u202c",
)


def hostile() -> Record:
    """A report whose text, names and publisher are what a browser might run."""
    made = record(77, title="Front rejects truce")
    text = made.text + "\n\n" + "\n\n".join(f"{one} said nothing." for one in HOSTILE)
    actors = tuple(
        replace(actor, name=HOSTILE[n % len(HOSTILE)], aliases=(HOSTILE[(n + 1) % len(HOSTILE)],))
        for n, actor in enumerate(made.actors)
    )
    roles = tuple(replace(actor, role="<b onmouseover=alert(1)>") for actor in actors)
    report = replace(
        made.report, text=text, title=HOSTILE[0], publisher=HOSTILE[1], warnings=(HOSTILE[2],)
    )
    return replace(made, report=report, actors=roles)


def test_hostile_texts_run_nothing(someone: Someone, served: Served) -> None:
    (report,) = fill(served.store, [hostile()])
    with served.store.read() as connection:
        key = load.as_decided(connection, load.number(connection, report)).key
    reviews.accept(served.store, f"{report}:{key['s1']}", who=HOSTILE[0], note=HOSTILE[2])
    page = someone("Ana")
    places = (
        f"/reports/{report}",
        f"/review?report={report}",
        f"/review/entries/{report}:{key['s1']}",
        f"/review/entries/{report}:{key['a1']}",
        "/",
        "/reports",
        "/actors",
        "/actors?name=alert",
        "/timeline",
        "/ledger",
        "/disputes",
        "/sources",
        "/figures",
        "/positions",
        "/review/log",
        "/review/actors",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    )
    for address in places:
        page.goto(address)
        assert page.locator("main [onerror], main [onload], main [onmouseover]").count() == 0
        assert page.locator("main script, main a[href^='javascript:' i]").count() == 0
        assert "\u202e" not in page.locator("main").inner_text()
    page.goto(f"/reports/{report}")
    assert HOSTILE[0] in page.locator("main").inner_text()
    for row in page.locator(".record .entry").all()[:6]:
        row.dispatch_event("click")
    # The watch of `someone` fails where a dialog opened, a script failed or the policy was broken.


def test_the_watch_sees_what_a_page_must_not_do(someone: Someone) -> None:
    """Else the tests above could not fail."""
    page = someone()
    page.goto("/reports")
    page.evaluate("""() => {
      const image = document.createElement('img');
      image.setAttribute('onerror', 'alert(1)'); image.src = 'x';
      document.body.append(image);
      const script = document.createElement('script');
      script.textContent = 'alert(2)';
      document.body.append(script);
    }""")
    page.wait_for_timeout(200)
    watched = someone.watched[-1]  # type: ignore[attr-defined]
    assert any("script-src" in fault for fault in watched.faults)
    watched.faults.clear()

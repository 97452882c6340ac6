"""Makes the pictures of the pages of `onrecord serve`.

    python docs/pictures_serve.py [NAME ...]

Reads the reports of `examples/` with the shipped model into a store of its own, serves it, and has
Debian's Chromium photograph the pages into `docs/images/serve/`; all of them, or those named.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.intake.stream import Item, items
from onrecord.serve import Settings, create_app
from onrecord.serve.reader import shipped
from onrecord.serve.sessions import Keys
from onrecord.store import Store, adding

ROOT = Path(__file__).parents[1]
IMAGES = Path(__file__).parent / "images" / "serve"
TOKEN = "a-token-for-the-pictures"
DESKTOP, PHONE = (1280, 860), (390, 844)

WIRE = "Coastal Wire"

LARGEST = 150 * 1024
"""Bytes of a picture at most: each stays in the repository for ever."""


def _still(_: Page) -> None:
    """Leaves the page as it opens."""


def _lit(page: Page) -> None:
    """Lights the first denial, and with it what it denies."""
    page.locator(".record .told", has_text="denies").first.locator(".to-words").click()
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)


def _first_cell(page: Page) -> None:
    page.locator("a.cell").first.click()
    page.locator("#history .turns").wait_for()
    page.evaluate("scrollTo(0, 0)")


def _second_row(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.evaluate("scrollTo(0, 0)")


def _picking(page: Page) -> None:
    page.locator(".pick").first.click()


@dataclass(frozen=True)
class Picture:
    """A page, how it is looked at, and what is done before."""

    address: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    does: Callable[[Page], None] = _still


PICTURES = {
    "start": Picture("/"),
    "report": Picture("/reports/{report}", does=_lit),
    "report-dark": Picture("/reports/{report}", dark=True, does=_lit),
    "report-phone": Picture("/reports/{report}", size=PHONE),
    "positions": Picture("/positions?changed-since=2025-06-01", does=_first_cell),
    "ledger-dark": Picture("/ledger", dark=True),
    "review": Picture("/review", does=_second_row),
    "review-entry": Picture("/review/next?layer=statements", does=_picking),
}


def _fill(store: Store) -> str:
    """Adds the examples; the id of the report on the truce."""
    reader = shipped()
    for name in ("talks.jsonl", "convoy.html", "accord.txt", "truce.txt"):
        found = [_dated(item) for item in items([str(ROOT / "examples" / name)])]
        for outcome in adding.add(store, found, lambda: reader):
            if outcome.did == "failed":
                raise SystemExit(outcome.why)
    return outcome.report


def _dated(item: Item) -> Item:
    """The item with a day and an outlet: a plain text tells neither."""
    document = item.document
    if document is None or document.published is not None:
        return item
    day = "2025-07-03" if "accord" in item.place else "2025-05-27"
    return replace(
        item, document=replace(document, published=day, publisher=document.publisher or WIRE)
    )


@contextmanager
def _served(store: Store) -> Iterator[Settings]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    settings = Settings(port=port, tokens={TOKEN: ""})
    app = create_app(store=store, settings=settings)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield settings
    server.should_exit = True
    thread.join(20)


def _take(browser: Browser, settings: Settings, name: str, picture: Picture, report: str) -> None:
    width, height = picture.size
    base = f"http://127.0.0.1:{settings.port}"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        base_url=base,
    )
    keys = Keys.of(settings)
    context.add_cookies([{"name": keys.cookie, "value": keys.sign("Ana"), "url": base}])
    page = context.new_page()
    page.goto(picture.address.format(report=report))
    page.evaluate("document.fonts.ready")
    picture.does(page)
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    context.close()
    _reduce(file)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file}: larger than {LARGEST:,} bytes")


def _reduce(file: Path) -> None:
    """Keeps a palette of 128 colours, where Pillow is at hand: a third of the bytes."""
    try:
        from PIL import Image  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return
    with Image.open(file) as image:
        few = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> None:
    """Makes the pictures."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no chromium; `.ci/chromium` installs Debian's")
    wanted = sys.argv[1:] or list(PICTURES)
    IMAGES.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "talks.db") as store:
        report = _fill(store)
        with _served(store) as settings, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            for name in wanted:
                _take(browser, settings, name, PICTURES[name], report)
            browser.close()


if __name__ == "__main__":
    main()

"""A real server, and Debian's Chromium in front of it; skips, aloud, where there is no browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright
from tests.conftest import TRUCE
from tests.serve.filling import fill, several

from onrecord.record import Record
from onrecord.serve import Settings, create_app
from onrecord.serve.sessions import Keys
from onrecord.store import Store

TOKEN = "a-token-of-the-tests-alone"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

PATIENCE = 30_000
"""Milliseconds that a page may take on a machine with other work: a busy one is no fault."""

expect.set_options(timeout=PATIENCE)

_WATCH = """
document.addEventListener('securitypolicyviolation', (event) => {
  window.violated(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass
class Served:
    """A running server."""

    address: str
    store: Store
    settings: Settings
    reports: list[str]
    """The ids of the reports in it: of the truce first."""

    def cookie(self, who: str) -> dict[str, str]:
        """What a browser keeps of somebody who signed in."""
        keys = Keys.of(self.settings)
        return {"name": keys.cookie, "value": keys.sign(who), "url": self.address}


@dataclass
class Watched:
    """A page of somebody, and whatever it does that no page should."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Notes dialogs, errors and whatever is asked for elsewhere."""
        self.page.on("dialog", self._opened)
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("console", lambda line: self._said(line.type, line.text))
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.expose_function("violated", self.note)
        self.page.add_init_script(_WATCH)

    def note(self, fault: str) -> None:
        """Something that no page should do."""
        self.faults.append(fault)

    def _opened(self, dialog: Dialog) -> None:
        self.note(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, kind: str, text: str) -> None:
        refused = text.startswith("Failed to load resource: the server responded with a status")
        if kind == "error" and not refused:
            self.note(text)

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.note(f"asked for {url}")

    def check(self) -> None:
        """Fails where the page did anything of the sort."""
        assert not self.faults


Someone = Callable[..., Page]


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud that the pages weren't looked at."""
    if _chromium() is None:
        why = "NOT TESTED IN A BROWSER: no chromium; `.ci/chromium` installs Debian's"
        terminalreporter.write_line(why, red=True, bold=True)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    path = _chromium()
    if path is None:
        pytest.skip("there is no chromium")
    # A browser inside a container runs as root, which its own sandbox refuses.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over seven reports, the first of them on the truce."""
    path: Path = tmp_path_factory.mktemp("browser") / "store.db"
    with Store.open(path) as store:
        truce = Record.from_json(TRUCE.read_text("utf-8"))
        reports = fill(store, [truce, *several(6)])
        with running(store) as made:
            made.reports = reports
            yield made


class running:  # noqa: N801
    """A server over a store, in a thread, for as long as a `with` lasts."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Served:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        settings = Settings(port=port, tokens={TOKEN: ""}, processes=0)
        app = create_app(store=self.store, settings=settings)
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        for _ in range(600):
            if self.server.started:
                break
            time.sleep(0.05)
        assert self.server.started
        return Served(f"http://127.0.0.1:{port}", self.store, settings, [])

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture
def someone(chromium: Browser, served: Served) -> Iterator[Someone]:
    """Opens a page as a visitor, or signed in as `who`; nothing may run on it but our scripts."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def opened(who: str = "", **more: object) -> Page:
        given = {"viewport": DESKTOP, "base_url": served.address, **more}
        context = chromium.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        if who:
            context.add_cookies([served.cookie(who)])  # type: ignore[list-item]
        contexts.append(context)
        watched.append(Watched(context.new_page()))
        watched[-1].listen()
        return watched[-1].page

    opened.watched = watched  # type: ignore[attr-defined]
    yield opened
    for one in watched:
        one.check()
    for context in contexts:
        context.close()

"""Whatever stands in a report stands there as text, on every page that shows it."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from tests.serve.filling import fill
from tests.store.building import record

from onrecord.record import Record
from onrecord.store import Store

SCRIPT = "<script>alert(1)</script>"
HANDLER = "\"><img src=x onerror=alert(2)>'"
TURNED = "\u202egnirts\u202c \u2066in\u2069"
EVIL = f"{SCRIPT}{HANDLER}{{{{ 7 * 7 }}}}</textarea></title>"

PAGES = (
    "/", "/reports", "/reports/{id}", "/positions", "/ledger", "/timeline", "/figures",
    "/disputes", "/actors", "/sources", "/search?q=truce",
)  # fmt: skip

_CODE = re.compile(r"^\s*(javascript|data|vbscript):", re.I)


class Running(HTMLParser):
    """Gathers whatever a browser would run or load from a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        data = tag == "script" and given.get("type") == "application/json"
        inline = tag == "script" and "src" not in given and not data
        if inline or tag in ("iframe", "object", "embed", "base", "style"):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name == "style" or _CODE.match(value):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and not value.startswith("/static/"):
                self.found.append(f"{tag} {name}={value}")


def hostile(words: str) -> Record:
    """A report in whose title, outlet, names and text these words stand."""
    made = record(1, title=f"Front {words} truce", publisher=f"Wire {words}", agency=words)
    data = made.to_dict()
    data["actors"][3]["name"] += words
    data["actors"][0]["role"] = words
    return Record.from_dict(data)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("words", [EVIL, "javascript:alert(1)", "<svg/onload=alert(1)>"])
def test_words_of_a_report_run_nowhere(
    visitor: TestClient, store: Store, path: str, words: str
) -> None:
    id = fill(store, [hostile(words)])[0]
    page = visitor.get(path.format(id=id))
    assert page.status_code == 200
    assert Running(page.text).found == []
    assert not re.search(r"\b49\b", page.text)


def test_what_is_asked_for_runs_nowhere_either(visitor: TestClient, store: Store) -> None:
    fill(store, [record(1)])
    for path in ("/search", "/positions", "/actors", "/reports/x", "/nowhere"):
        page = visitor.get(path, params={"q": EVIL, "party": EVIL, "name": EVIL, "topic": EVIL})
        assert Running(page.text).found == []
        assert SCRIPT not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_nothing_turns_the_text_around(visitor: TestClient, store: Store, path: str) -> None:
    id = fill(store, [hostile(TURNED)])[0]
    page = visitor.get(path.format(id=id)).text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)


def test_five_megabytes_of_markup_are_a_text(signed_in: TestClient) -> None:
    text = "Markup\n\n" + "<script>alert(1)</script><b onclick=x()>bold</b> " * 100_000
    assert len(text) > 4_900_000
    location = signed_in.post("/add", data={"text": text}).headers["location"]
    for _ in range(400):
        answer = signed_in.get(location)
        if answer.status_code == 303:
            break
    for path in (answer.headers["location"], "/search?q=bold", "/"):
        page = signed_in.get(path)
        assert page.status_code == 200
        assert len(page.content) < 500_000
        assert Running(page.text).found == []


def test_a_record_is_data_for_programs(program: TestClient, store: Store) -> None:
    id = fill(store, [hostile(EVIL)])[0]
    answer = program.get(f"/api/v1/records/{id}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"

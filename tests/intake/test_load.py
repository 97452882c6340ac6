import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.conftest import ROOT

from onrecord.errors import FetchFailed, SourceNotFound
from onrecord.intake import is_url, load, web


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/gone":
            self.send_error(410)
            return
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/convoy")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((ROOT / "examples" / "convoy.html").read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"nowhere\.txt: there is no such file"):
        load(tmp_path / "nowhere.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="can't be opened"):
        load(tmp_path)


def test_a_path_that_can_t_be_one_is_named() -> None:
    with pytest.raises(SourceNotFound, match="can't be opened"):
        load("a\x00b")


def test_a_page_is_fetched_and_read(server: str) -> None:
    document = load(f"{server}/moved")
    assert document.publisher == "The Sahl Courier"
    assert document.text.startswith("Velmar promises convoy")


def test_what_a_server_answers_is_told(server: str) -> None:
    with pytest.raises(FetchFailed, match=r"/gone: the server answers 410"):
        load(f"{server}/gone")


def test_a_server_that_isn_t_there_is_told() -> None:
    with pytest.raises(FetchFailed, match="can't be reached"):
        load("http://127.0.0.1:1/report")


@pytest.mark.parametrize("url", ["http://", "http://[", "https://exa mple.org/x"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(FetchFailed):
        load(url)


def test_a_page_of_any_length_is_not_taken(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 100)
    with pytest.raises(FetchFailed, match="no report is"):
        load(f"{server}/convoy")


def test_paths_are_no_urls() -> None:
    assert is_url("HTTPS://example.org")
    assert not is_url("reports/http.txt")

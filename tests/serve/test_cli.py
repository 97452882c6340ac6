"""`onrecord serve`, as far as it goes without serving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.serve.conftest import TOKEN

from onrecord.cli import main
from onrecord.cli import serve as command
from onrecord.serve.settings import Settings


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings with which a server would have been started."""
    found: list[Settings] = []
    monkeypatch.setattr(command, "_run", lambda store, settings: found.append(settings))
    return found


def serve(*options: str, **env: Any) -> Result:
    return CliRunner(env={"ONRECORD_TOKEN": "", **env}).invoke(main, ["serve", *options])


def test_on_loopback_it_makes_a_token_of_its_own(started: list[Settings]) -> None:
    assert serve().exit_code == 0
    ((token, whose),) = started[0].tokens.items()
    assert len(token) >= 16
    assert whose == ""
    assert started[0].loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "onrecord.example"])
def test_elsewhere_it_refuses_to_start_without_credentials(
    started: list[Settings], host: str
) -> None:
    refused = serve("--host", host)
    assert refused.exit_code == 1
    assert "there are no credentials" in refused.output
    assert not started
    assert serve("--host", host, "--token", TOKEN).exit_code == 0


def test_a_token_that_can_be_guessed_is_refused(started: list[Settings]) -> None:
    refused = serve("--token", "secret")
    assert refused.exit_code == 1
    assert "can be guessed" in refused.output
    assert "secret" not in refused.output


def test_tokens_may_be_somebodys(started: list[Settings], tmp_path: Path) -> None:
    file = tmp_path / "tokens.txt"
    file.write_text(f"# who may write\nana {TOKEN}\n\nBo Halden {TOKEN}-2\n{TOKEN}-3\n")
    assert serve("--token-file", str(file), "--token", f"cy:{TOKEN}-4").exit_code == 0
    tokens = started[0].tokens
    assert sorted(tokens.values()) == ["", "Bo Halden", "ana", "cy"]
    assert tokens[TOKEN] == "ana"


def test_a_token_comes_from_the_environment(started: list[Settings]) -> None:
    assert serve(ONRECORD_TOKEN=TOKEN).exit_code == 0
    assert started[0].tokens == {TOKEN: ""}


def test_where_to_sign_in_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import uvicorn

    monkeypatch.setattr(uvicorn, "run", lambda app, **options: None)
    printed = serve("--store", str(tmp_path / "new.db"), "--port", "9000").output
    assert "http://127.0.0.1:9000/sign-in#" in printed

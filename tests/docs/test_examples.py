"""The code on the pages runs, and prints what the pages say."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.docs import consoles, pages

MODEL = ROOT / "src" / "onrecord" / "model" / "reader.onnx"
NEEDS_MODEL = ("onrecord.read(", "onrecord.load(", "Reader.load(", "onrecord.running")
ELSEWHERE = {
    "export.md": "tests/export/test_analysis.py",
    "reviews.md": "tests/store/test_reviews.py",
    "run.md": "tests/running",
}
"""Pages whose code wants more than the examples, and where it is tested."""
LIBRARIES = ("duckdb", "pandas", "polars", "textacy", "ray")


def _with(*languages: str) -> list[str]:
    return [name for name in pages.names() if any(pages.blocks(name, *languages))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    consoles.example_store(folder)
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh copy of what the pages take for granted, to run in."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_STORE", raising=False)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", _with("console"))
def test_consoles_show_what_the_commands_print(page: str) -> None:
    consoles.begin(page)
    for block in pages.blocks(page, "console"):
        for line, shown in consoles.commands(block.code):
            real = consoles.printed(line)
            assert consoles.matches(shown, real), f"{page}:{block.line}\n$ {line}\n{real}"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", _with("pycon"))
def test_sessions_answer_what_the_pages_say(page: str) -> None:
    code = "".join(block.code for block in pages.blocks(page, "pycon"))
    session = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    told: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(session, out=told.append)
    assert not told, "".join(told)


@pytest.mark.model
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", [page for page in _with("python") if page not in ELSEWHERE])
def test_scripts_run(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = list(pages.blocks(page, "python"))
    whole = "".join(block.code for block in blocks)
    if any(call in whole for call in NEEDS_MODEL) and not MODEL.exists():
        pytest.skip("the model isn't there")
    for library in LIBRARIES:
        if f"import {library}" in whole or f"from {library}" in whole:
            pytest.importorskip(library)
    consoles.begin(page)
    for block in pages.blocks(page, "console"):
        for line, _ in consoles.commands(block.code):
            consoles.printed(line)
    names: dict[str, Any] = {"__name__": page}
    for block in blocks:
        code = "\n" * block.line + block.code
        exec(compile(code, str(pages.path_of(page)), "exec"), names)
    assert "print(" not in whole or capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", ELSEWHERE)
def test_what_is_tested_elsewhere_is_there(page: str) -> None:
    assert any(pages.blocks(page, "python"))
    assert (ROOT / ELSEWHERE[page]).exists()


def test_dots_stand_for_any_lines_and_nothing_else_does() -> None:
    assert consoles.matches("a\n...\nd\n", "a\nb\nc\nd")
    assert consoles.matches("{...\n", '{"a": 1}\n{"b": 2}')
    assert not consoles.matches("a\n...\nd\n", "a\nb\nc")
    assert not consoles.matches("a.c\n", "abc")

"""The analyses that the documentation shows give the same answer, and the right one."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.store.building import link_by_name, record

from onrecord.export import parquet
from onrecord.store import Store, save

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")

EXPECTED = [("Kaldia", "offers", 2), ("the Front", "rejects", 2)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables of two reports."""
    with Store.open(tmp_path / "store.db") as store:
        with store.write() as connection:
            for k in range(2):
                save.put(connection, record(k), save.Found(place="here"), reader="test")
            link_by_name(connection)
        with store.read() as connection:
            parquet.write(connection, tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def code(language: str, with_words: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    found: str = next(block for block in blocks if with_words in block)
    return found


def test_in_duckdb(here: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql(code("sql", "SELECT")).fetchall() == EXPECTED


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_in_data_frames(here: Path, library: str) -> None:
    pytest.importorskip(library)
    names: dict[str, Any] = {}
    exec(code("python", f"import {library}"), names)
    stands = names["stands"]
    rows = stands.rows() if library == "polars" else stands.itertuples(index=False)
    assert [tuple(row) for row in rows] == EXPECTED

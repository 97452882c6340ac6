from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.store.building import link_by_name, record

from onrecord.errors import ExportError
from onrecord.export import columns, parquet
from onrecord.store import Store, save


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store.db") as store:
        with store.write() as connection:
            for k in range(2):
                save.put(connection, record(k), save.Found(place="here"), reader="test")
            link_by_name(connection)
        with store.read() as connection:
            parquet.write(connection, tmp_path / "tables")
    return tmp_path / "tables"


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def test_there_is_a_file_for_every_table_also_for_empty_ones(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == set(columns.NAMES)
    for name in columns.NAMES:
        assert pq.read_schema(folder / f"{name}.parquet").names == list(columns.columns(name))


def test_rows_say_who_and_on_whose_word(folder: Path) -> None:
    events = rows(folder, "events")
    assert len(events) == 4
    first = events[0]
    assert (first["type"], first["actor"], first["recipient"]) == (
        "REJECT",
        ["the Front"],
        ["Kaldia"],
    )
    assert (first["said_by"], first["authority"]) == ("two Kaldian diplomats", "unnamed")
    assert first["happened"] == "2025-05-23"
    statements = {
        row["entry"]: row for row in pq.read_table(folder / "statements.parquet").to_pylist()
    }
    assert statements[first["voice"]]["act"] == "assert"
    assert statements[first["voice"]]["speaker_party"] == ["Kaldia"]


def test_an_actor_s_id_is_one_text_where_an_event_s_actors_are_a_list(folder: Path) -> None:
    first = rows(folder, "actors")[0]
    assert first["actor"] == f"{first['report']}:{first['actor'].partition(':')[2]}"
    assert first["aliases"] == []


def test_words_are_those_of_the_text(folder: Path) -> None:
    texts = {
        row["report"]: row["text"] for row in pq.read_table(folder / "reports.parquet").to_pylist()
    }
    for row in pq.read_table(folder / "figures.parquet").to_pylist():
        assert texts[row["report"]][row["begins"] : row["ends"]] == row["quote"]


def test_terms_know_their_proposal(folder: Path) -> None:
    proposals = {row["entry"] for row in rows(folder, "proposals")}
    assert {row["proposal"] for row in rows(folder, "terms")} == proposals


def test_a_folder_that_can_t_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        Store.open(tmp_path / "store.db") as store,
        store.read() as connection,
        pytest.raises(ExportError, match="can't write"),
    ):
        parquet.write(connection, tmp_path / "file")

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.store.building import record

from onrecord.export import columns, parquet
from onrecord.record import Record
from onrecord.running import datasets
from onrecord.running.rows import Told, rows, unpacked
from onrecord.store import Store, keys, save

TOLD = Told(shard="s", number=7, reader="by hand")


def test_rows_are_those_of_a_store_s_export(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.db") as store:
        with store.write() as connection:
            n = save.put(connection, record(1), save.Found(place="here"), reader="by hand")
        with store.read() as connection:
            parquet.write(connection, tmp_path / "tables")
    assert n == 1
    known = record(1)
    made = datasets.tables(rows(_with_id(known), TOLD))
    for name in (*columns.LAYERS, "actors", "reports"):
        exported = pq.read_table(tmp_path / "tables" / f"{name}.parquet").to_pylist()
        shared = {c for c in exported[0] if c in made[name].column_names}
        assert [_only(row, shared) for row in made[name].to_pylist()] == [
            _only(row, shared) for row in exported
        ]
        missing = set(exported[0]) - shared
        assert all(column in datasets.LINKED or "_party" in column for column in missing)


def _with_id(known: Record) -> Record:
    return replace(known, report=replace(known.report, id=keys.report_id(known.text)))


def _only(row: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    return {column: row[column] for column in sorted(wanted)}


def test_the_record_comes_back_whole() -> None:
    known = record(2)
    [row] = rows(known, TOLD)["reports"]
    assert "text" not in row["record"][:80]
    assert unpacked(row["text"], row["record"]) == known

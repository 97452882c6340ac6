import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.running.fakes import line

from onrecord.errors import IntakeError, RecordError
from onrecord.intake.document import Document
from onrecord.running import documents
from onrecord.running.documents import units
from onrecord.running.shards import survey


def found(path: Path, size: int = 1 << 20) -> list[Document | str]:
    """The documents of all shards of a file, or what is said of each that there isn't."""
    return list(_found(path, size))


def _found(path: Path, size: int) -> Iterator[Document | str]:
    for shard in survey(str(path), size=size).shards:
        for unit in units(shard):
            try:
                yield unit()
            except (IntakeError, RecordError) as error:
                yield str(error)


def texts(path: Path, size: int = 1 << 20) -> list[str]:
    return [one.text if isinstance(one, Document) else one for one in found(path, size)]


def test_lines_are_reports_in_shards_of_any_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(line(k) for k in range(9)) + "\n\n", encoding="utf-8")
    whole = found(path)
    assert len(whole) == 9
    assert all(found(path, size) == whole for size in (1, 150, 400))


def test_a_bad_line_is_told_by_its_number_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    bad = ["{", "[]", "\x00", '{"text": ""}', '{"words": 1}', '{"report": {}}', "null"]
    path.write_text("\n".join([line(0), *bad, line(1)]), encoding="utf-8")
    got = texts(path, size=10)
    assert len(got) == 9
    assert [f"a.jsonl, line {n}" in one for n, one in enumerate(got[1:-1], 2)] == [True] * 7


def test_what_is_packed_is_read_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(line, range(400))).encode())[:-900])
    got = texts(path)
    assert 2 < len(got) < 400
    assert "damaged after line" in got[-1]


def test_a_line_too_long_for_a_report_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LONGEST", 400)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([line(0), line(1, "x" * 3000), line(2)]), encoding="utf-8")
    got = texts(path)
    assert len(got) == 3
    assert "line 2: longer than" in got[1]


def test_a_file_that_shrinks_under_the_run_is_the_machine_s_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(line, range(9))), encoding="utf-8")
    [shard] = survey(str(path)).shards
    path.write_text(line(0), encoding="utf-8")
    with pytest.raises(OSError, match="shorter"):
        list(units(shard))


def test_rows_are_reports_with_the_columns_that_lines_have(tmp_path: Path) -> None:
    rows = [
        {"text": f"Report {k} of the council.", "date": date(2025, 5, k + 1), "other": {"a": k}}
        for k in range(20)
    ]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=7)
    got = found(path, size=100)
    assert [one.published for one in got if isinstance(one, Document)] == [
        f"2025-05-{k + 1:02}" for k in range(20)
    ]
    assert texts(path, size=100) == [row["text"] for row in rows]


def test_a_table_without_texts_says_so_for_every_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"words": [1, 2]}), path)
    assert ["no text" in str(one) for one in found(path)] == [True, True]


@pytest.mark.parametrize("cut", [4, 60, 400, -1])
def test_a_truncated_table_is_one_problem_and_no_crash(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"report {k}" for k in range(50)]}), path)
    path.write_bytes(path.read_bytes()[:cut])
    [only] = texts(path)
    assert "a.parquet: damaged at row 1" in only


def test_nothing_in_it_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    (tmp_path / "b.jsonl").write_bytes(b"\n \n")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "c.parquet")
    assert [found(path) for path in sorted(tmp_path.iterdir())] == [[], [], []]

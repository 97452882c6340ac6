import gzip
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.running import shards
from onrecord.running.shards import survey


@given(
    lines=st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b" ")), max_size=30),
    size=st.integers(1, 200),
    block=st.integers(1, 64),
    ended=st.booleans(),
)
def test_every_line_is_in_one_shard_whatever_the_size(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    size: int,
    block: int,
    ended: bool,
) -> None:
    whole = b"#" + b"\n".join(lines) + (b"\n" if ended else b"")
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    path.write_bytes(whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_BLOCK", block)
        made = survey(str(path), size=size).shards
    parts = [whole[one.start : one.stop] for one in made]
    assert b"".join(parts) == whole
    assert all(part.endswith(b"\n") for part in parts[:-1])
    assert all(len(part) >= size for part in parts[:-1])
    firsts = [one.first for one in made]
    assert firsts[0] == 1
    for (before, after), part in zip(pairwise(firsts), parts, strict=False):
        assert after - before == part.count(b"\n")


def test_how_a_file_is_cut_does_not_depend_on_its_place(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.jsonl").write_bytes(b'{"text": "one"}\n' * 40)
    one, two = (survey(str(tmp_path / f / "x.jsonl"), size=100) for f in ("a", "b"))
    assert [s.name for s in one.shards] == [s.name for s in two.shards]
    assert len({s.name for s in one.shards}) == len(one.shards) > 3


def test_rows_of_parquet_are_each_in_one_shard(tmp_path: Path) -> None:
    table = pa.table({"text": [f"report {k} " * 20 for k in range(100)]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=30)
    made = survey(str(tmp_path / "a.parquet"), size=500).shards
    rows = [(one.first + k) for one in made for k in range((one.stop or 0) - one.start)]
    assert rows == list(range(1, 101))
    assert {one.group for one in made} == {0, 1, 2, 3}
    assert len(made) > 8


def test_what_cannot_be_entered_in_the_middle_is_one_shard(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "one"}\n' * 400))
    (tmp_path / "b").write_bytes(b"WARC/1.0\r\n" * 200)
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n" * 200))
    found = [survey(str(path), size=10) for path in sorted(tmp_path.iterdir())]
    assert [(one.form, len(one.shards)) for one in found] == [
        ("lines", 1),
        ("warc", 1),
        ("warc", 1),
    ]
    assert [one.shards[0].packed for one in found] == [True, False, True]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 and no end", b"\x1f\x8b", b"\x00\xff\n\n"])
def test_damaged_and_empty_files_have_shards_too(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert survey(str(tmp_path / "a")).shards

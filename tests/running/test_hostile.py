"""Whatever bytes a file holds, its shards come to an end, and each of its reports to something."""

import gzip
import io
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.running.fakes import Reader, line, settings

from onrecord.running import markers
from onrecord.running.shards import survey
from onrecord.running.work import read_shard


def _parquet() -> bytes:
    out = io.BytesIO()
    table = pa.table({"text": [f"Brenna said {k}." for k in range(30)], "title": [None] * 30})
    pq.write_table(table, out, row_group_size=9)
    return out.getvalue()


def _warc() -> bytes:
    page = "<html><body><article><p>Brenna said the council met envoys.</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\n"
        "WARC-Date: 2025-05-26T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return (head.encode() + http + b"\r\n\r\n") * 3


_LINES = "\n".join(line(k) for k in range(8)).encode()
WHOLE = {
    "lines": _LINES,
    "gzip": gzip.compress(_LINES, mtime=0),
    "parquet": _parquet(),
    "warc": _warc(),
    "warc.gz": gzip.compress(_warc(), mtime=0),
    "nothing": b"",
}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with pieces cut out, put in, and turned over."""
    data = WHOLE[draw(st.sampled_from(sorted(WHOLE)))]
    for _ in range(draw(st.integers(0, 3))):
        a = draw(st.integers(0, len(data)))
        b = draw(st.integers(a, min(len(data), a + 400)))
        data = data[:a] + draw(st.binary(max_size=40)) + data[b:]
    return data


@given(data=damaged(), size=st.sampled_from([1, 200, 1 << 20]))
def test_a_damaged_file_is_read_to_an_end(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    try:
        path = folder / "in"
        path.write_bytes(data)
        made = survey(str(path), size=size).shards
        for shard in made:
            done = read_shard(shard, Reader(), settings(folder / "out"))
            assert done.reports == done.files["reports"]["rows"]
            assert sum(done.problems.values()) == done.files["problems"]["rows"]
        assert markers.done(folder / "out") == sorted({shard.name for shard in made})
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_whole_files_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in"
    path.write_bytes(WHOLE[name])
    [shard] = survey(str(path), size=1 << 20).shards[:1]
    marker = read_shard(shard, Reader(), settings(tmp_path / "out"))
    assert marker.problems == {}
    assert marker.reports == {"nothing": 0, "warc": 3, "warc.gz": 3, "parquet": 9}.get(name, 8)

from pathlib import Path

import pytest
from tests.store.building import record

from benchmarks import serve


def test_clients_ask_for_pages_of_every_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.json").write_text(record(n).to_json())
    kinds = ["/", "/reports/ID", "/positions", "/search"]
    made = ["--store", str(tmp_path / "big.db"), "--fill", "20", "--records", str(folder)]
    asked = ["--clients", "2", "--seconds", "2", "--json", str(tmp_path / "out.json")]
    serve.main([*made, *asked, "--pages", *kinds])
    printed = capsys.readouterr().out
    assert all(kind in printed for kind in [*kinds, "all"])
    assert '"failed": 0' in (tmp_path / "out.json").read_text()


def test_each_kind_is_asked_for_by_itself_while_the_store_is_written_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "one.json").write_text(record().to_json())
    made = ["--store", str(tmp_path / "big.db"), "--fill", "5", "--records", str(folder)]
    asked = ["--clients", "1", "--seconds", "1", "--alone", "--writing", "0.2"]
    serve.main([*made, *asked, "--pages", "/actors", "/reports"])
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()[1:4]] == ["/actors", "/reports", "all"]


def test_what_is_late_heavy_or_failed_misses() -> None:
    good = {"median_ms": 120.0, "p95_ms": 600.0, "largest_kb": 90.0, "failed": 0}
    assert serve.good(good)
    for worse in ({"median_ms": 301.0}, {"p95_ms": 1001.0}, {"largest_kb": 501.0}, {"failed": 1}):
        assert not serve.good({**good, **worse})

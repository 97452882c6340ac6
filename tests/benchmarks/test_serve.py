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


def test_what_is_late_heavy_or_failed_misses() -> None:
    good = {"median_ms": 120.0, "p95_ms": 600.0, "largest_kb": 90.0, "failed": 0}
    assert serve.good(good)
    for worse in ({"median_ms": 301.0}, {"p95_ms": 1001.0}, {"largest_kb": 501.0}, {"failed": 1}):
        assert not serve.good({**good, **worse})

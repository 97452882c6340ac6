from pathlib import Path

import pytest
from tests.store.building import record

from benchmarks import keeping


def test_what_keeping_costs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for k in range(3):
        (tmp_path / f"{k}.json").write_text(record(k).to_json(), "utf-8")
    found = keeping.main(["--records", str(tmp_path)])
    assert found.reports == 3
    assert found.put > 0
    assert found.link > 0
    assert "3 reports" in capsys.readouterr().out

import json
import sys
from pathlib import Path

import pytest
from benchmarks.keeping import Beside, Run
from tests.store.building import record

from benchmarks import keeping


def test_what_keeping_costs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for k in range(3):
        (tmp_path / f"{k}.json").write_text(record(k).to_json(), "utf-8")
    found = keeping.main(["--records", str(tmp_path)])
    assert isinstance(found, keeping.Cost)
    assert found.reports == 3
    assert found.put > 0
    assert found.link > 0
    assert "3 reports" in capsys.readouterr().out


def test_add_is_timed_beside_a_process_that_only_reads(capsys: pytest.CaptureFixture[str]) -> None:
    found = keeping.main(["--texts", "examples", "--reports", "2", "--rounds", "1"])
    assert isinstance(found, Beside)
    assert found.reports == 2
    assert found.read.cpu > 0.1
    assert found.add.cpu > 0.1
    assert "2 reports" in capsys.readouterr().out


def test_how_much_more_is_a_share_of_reading() -> None:
    found = Beside(Run(wall=2.0, cpu=4.0), Run(wall=2.1, cpu=5.0), reports=1)
    assert found.more == pytest.approx((0.05, 0.25))


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="exit code 3"):
        keeping.timed([sys.executable, "-c", "raise SystemExit(3)"])


def test_reports_made_of_the_examples_have_texts_and_days_of_their_own(tmp_path: Path) -> None:
    keeping.write("examples", tmp_path / "made.jsonl", 30)
    lines = (tmp_path / "made.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["text"] for row in rows}) == 30
    assert len({row["published"] for row in rows}) == 30

"""`onrecord run` on the real model, and what its options refuse."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT

import onrecord
from onrecord.cli import main
from onrecord.cli.run import run_command
from onrecord.reading.network import model_folder
from onrecord.running import datasets, metrics, problems
from onrecord.running.rows import unpacked
from onrecord.store import keys

needs_model = pytest.mark.skipif(not model_folder().is_dir(), reason="there is no model")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["run", *arguments], env={"COLUMNS": "80"})


@pytest.mark.model
@needs_model
def test_the_records_are_those_of_the_library(tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    lines = [json.dumps({"text": text, "published": "2025-05-26"}) for text in texts]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "no report"]), encoding="utf-8")
    metrics = tmp_path / "run.prom"
    same = (str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out"), "--most-problems", "1")
    result = run(*same, "--workers", "1", "--metrics", str(metrics))
    assert (result.exit_code, "problems: 1 unreadable" in result.stderr) == (0, True)
    rows = pq.read_table(tmp_path / "out" / "reports").to_pylist()
    assert [row["text"] for row in rows] == texts
    for row in rows:
        known = onrecord.read(row["text"], published="2025-05-26", id=keys.report_id(row["text"]))
        assert unpacked(row["text"], row["record"]) == known
    assert "onrecord_run_complete 1" in metrics.read_text()
    assert "1 of 1 shards done, 1 of them before" in run(*same).stderr


def test_a_model_that_is_not_there_has_its_own_exit_code(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.jsonl").write_text('{"text": "The Front rejected a truce."}')
    result = run(
        str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"), "--model", str(tmp_path / "empty")
    )
    assert (result.exit_code, "holds no model" in result.stderr) == (3, True)


def test_wrong_options_are_told(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "out")]
    assert run("x.jsonl").exit_code == 2
    assert run("x.jsonl", *out, "--workers", "0").exit_code == 2
    refused = run("x.jsonl", *out, "--most-problems", "lots")
    assert (refused.exit_code, "a share like 5%" in refused.stderr) == (2, True)
    missing = run(str(tmp_path / "x.jsonl"), *out)
    assert (missing.exit_code, "there is nothing" in missing.stderr) == (1, True)


def test_every_option_dataset_metric_and_kind_of_problem_is_documented() -> None:
    told = (ROOT / "docs" / "run.md").read_text("utf-8")
    options = [name for param in run_command.params for name in param.opts if name[0] == "-"]
    names = [*options, *datasets.NAMES, *problems.KINDS]
    assert [name for name in names if name not in told] == []
    assert [name for name in metrics.NAMES if f"onrecord_run_{name}" not in told] == []

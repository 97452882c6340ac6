"""`onrecord eval`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.evaluation.fakes import FakeAnalysis, FakeReader, split

from onrecord.cli import eval as command
from onrecord.cli import main
from onrecord.evaluation.suites import SUITES


@pytest.fixture(autouse=True)
def fake_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def analysis(text: str) -> FakeAnalysis:
        return FakeAnalysis(split(text), entities=[(0, 1, "LOC")])

    monkeypatch.setattr(command, "load_reader", lambda threads: FakeReader(analysis))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / SUITES["ner"].corpus
    path.parent.mkdir(parents=True)
    path.write_text("Tel B-LOC\nfell O\n\nMarra B-PER\n")
    return tmp_path


def invoke(*options: object) -> Result:
    return CliRunner().invoke(main, ["eval", *(str(option) for option in options)])


def test_a_suite_prints_a_table(data: Path) -> None:
    done = invoke("--suite", "ner", "--data", data / SUITES["ner"].corpus)
    assert done.exit_code == 0
    assert "ner · 2 items" in done.stdout


def test_a_suite_prints_json(data: Path) -> None:
    done = invoke("--suite", "ner", "--data", data / SUITES["ner"].corpus, "--json")
    printed = json.loads(done.stdout)
    assert list(printed)[:2] == ["suite", "F1"]
    assert (printed["suite"], printed["F1"], printed["items"]) == ("ner", 0.5, 2)


def test_a_limit_takes_a_part(data: Path) -> None:
    path = data / SUITES["ner"].corpus
    done = invoke("--suite", "ner", "--data", path, "--json", "--limit", 1)
    assert json.loads(done.stdout)["items"] == 1


def test_a_corpus_that_is_missing_fails_with_its_path(tmp_path: Path) -> None:
    done = invoke("--suite", "ner", "--data", tmp_path / "none.iob2")
    assert done.exit_code == 1
    assert "none.iob2: no such corpus" in done.stderr


@pytest.mark.parametrize(
    "options",
    [[], ["--suite", "ner", "--gate"], ["--suite", "ner", "--raise-floors"],
     ["--gate", "--limit", "3"], ["--suite", "nre"]],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(options: list[str], tmp_path: Path) -> None:
    assert invoke("--data", tmp_path, *options).exit_code == 2


def gate(data: Path, *options: str) -> Result:
    return invoke("--gate", "--data", data, "--floors", data / "floors.toml", *options)


def test_the_gate_passes_and_says_what_it_skipped(data: Path) -> None:
    (data / "floors.toml").write_text("[ner]\nF1 = 0.5\n")
    done = gate(data)
    assert done.exit_code == 0
    assert "SKIPPED polnear" in done.stderr
    assert "SKIPPED ner" not in done.stderr


def test_the_gate_fails_under_a_floor(data: Path) -> None:
    (data / "floors.toml").write_text("[ner]\nF1 = 0.51\n")
    done = gate(data)
    assert done.exit_code == 1
    assert "under its floor" in done.stdout


def test_the_gate_gives_json(data: Path) -> None:
    [row] = json.loads(gate(data, "--json").stdout)
    assert row == {"suite": "ner", "measure": "F1", "figure": 0.5, "floor": None, "passed": True}


def test_floors_are_raised(data: Path) -> None:
    (data / "floors.toml").write_text("[ner]\nF1 = 0.3\n")
    assert gate(data, "--raise-floors").exit_code == 0
    assert '"F1" = 0.495' in (data / "floors.toml").read_text()


def test_floors_are_not_lowered(data: Path) -> None:
    (data / "floors.toml").write_text("[ner]\nF1 = 0.51\n")
    done = gate(data, "--raise-floors")
    assert done.exit_code == 1
    assert "never lowered" in done.stderr
    assert (data / "floors.toml").read_text() == "[ner]\nF1 = 0.51\n"


def test_without_corpora_the_gate_says_that_nothing_was_measured(tmp_path: Path) -> None:
    done = gate(tmp_path)
    assert done.exit_code == 0
    assert "NOTHING WAS MEASURED" in done.stderr

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from tests.store.building import link_by_name, record

from onrecord.cli import main
from onrecord.store import Store, save

QUESTIONS = ("ledger", "positions", "timeline", "figures", "disputes", "sources")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("questions") / "talks.db"
    with Store.open(path) as opened, opened.write() as connection:
        for k, day in enumerate(("2025-05-26", "2025-06-02")):
            made = record(k, published=day, killed=40 + k)
            save.put(connection, made, save.Found(place="here"), reader="test")
        link_by_name(connection)
    return str(path)


def run(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": str(columns)})


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_no_line_is_wider_than_the_terminal(store: str, question: str, columns: int) -> None:
    result = run(question, "-s", store, columns=columns)
    assert result.exit_code == 0, result.output
    assert max(len(line) for line in result.stdout.splitlines()) <= columns


def test_positions_name_the_stance_the_words_and_the_report(store: str) -> None:
    told = run("positions", "-s", store, columns=110).stdout
    for words in ("THE FRONT", "✗ rejects", "a lasting truce", "Coastal Wire, 2025-06-02, r-"):
        assert words in told


def test_the_ledger_shows_price_and_answers(store: str) -> None:
    told = run("ledger", "-s", store, columns=110).stdout
    assert "Kaldia to the Front" in told
    assert "⇄  captives" in told
    assert "the Front rejects" in told
    assert "superseded by the proposal of 2025-06-02" in told


@pytest.mark.parametrize("question", [*QUESTIONS, "search"])
def test_json_and_csv_have_the_report_behind_every_row(store: str, question: str) -> None:
    words = ["truce"] if question == "search" else []
    rows = json.loads(run(question, *words, "-s", store, "-f", "json").stdout)
    assert all(row["report"].startswith("r-") for row in rows)
    text = run(question, *words, "-s", store, "-f", "csv").stdout
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows)


def test_parquet_is_written_into_a_file(store: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    assert run("figures", "-s", store, "-f", "parquet", "-o", str(path)).exit_code == 0
    assert pq.read_table(path).column("value").to_pylist() == [40.0, 41.0]


def test_an_empty_answer_is_an_answer(store: str) -> None:
    result = run("timeline", "-s", store, "--since", "2030")
    assert result.exit_code == 0
    assert "No event" in result.stdout
    assert json.loads(run("timeline", "-s", store, "--since", "2030", "-f", "json").stdout) == []


def test_exit_codes_tell_what_went_wrong(store: str, tmp_path: Path) -> None:
    assert run("positions", "-s", str(tmp_path / "none.db")).exit_code == 1
    unknown = run("positions", "-s", store, "--party", "Kaldya")
    assert (unknown.exit_code, "there is Kaldia" in unknown.stderr) == (1, True)
    assert run("positions", "-s", store, "--since", "soon").exit_code == 2
    assert run("positions", "-s", store, "--topic", "weather").exit_code == 2

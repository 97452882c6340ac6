import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.store.building import link_by_name, record

from onrecord.cli import main
from onrecord.store import Store, keys, load, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "talks.db"
    with Store.open(made) as store, store.write() as connection:
        save.put(connection, record(), save.Found(place="here"), reader="test")
        link_by_name(connection)
    return made


def run(path: Path, *given: str) -> Result:
    command, *rest = given
    return CliRunner().invoke(main, ["review", command, "--store", str(path), *rest])


def asked(path: Path, *given: str) -> list[dict[str, Any]]:
    done = run(path, *given, "--format", "json")
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.output)
    return rows


def entry(local: str) -> str:
    made = record()
    return f"{keys.report_id(made.text)[:10]}:{keys.keys(made)[local]}"


def events(path: Path) -> list[str]:
    with Store.open(path) as store, store.read() as connection:
        return [event.type for event in load.record(connection, 1).events]


def test_an_entry_is_corrected_by_the_beginning_of_its_reports_id(path: Path) -> None:
    (made,) = asked(path, "correct", entry("e1"), "type=COERCE", 'actors=["a2"]', "--who", "ana")
    assert (made["who"], made["action"], made["holds"]) == ("ana", "correct", True)
    assert made["target"].startswith(keys.report_id(record().text))
    assert events(path) == ["COERCE", "ASSAULT"]


def test_several_are_rejected_at_once_and_one_is_taken_back(path: Path) -> None:
    first, _ = asked(path, "reject", entry("e1"), entry("e2"))
    assert events(path) == []
    (undone,) = asked(path, "undo", first["id"])
    assert undone["action"] == "undo"
    assert events(path) == ["REJECT"]


def test_actors_are_merged_by_name_and_split_by_id(path: Path) -> None:
    (merged,) = asked(path, "merge", "Velmar", "c-kaldia")
    assert (merged["target"], merged["after"]["into"]) == ("c-velmar", "c-kaldia")
    (parted,) = asked(path, "split", entry("a2"), "--name", "Kaldia's envoys")
    assert parted["before"]["actors"]


def test_the_list_shows_words_and_what_became_of_them(path: Path) -> None:
    run(path, "correct", entry("e1"), "type=COERCE", "--who", "ana", "--note", "no force used")
    run(path, "accept", entry("s2"), "--who", "ben")
    shown = run(path, "list").output
    assert "type: REJECT → COERCE" in shown
    assert "no force used" in shown
    assert [one["who"] for one in asked(path, "list", "--who", "ben")] == ["ben"]
    assert [one["action"] for one in asked(path, "list", entry("s2")[:10])] == ["correct", "accept"]


def test_what_is_exported_can_be_added_to_another_store(path: Path, tmp_path: Path) -> None:
    run(path, "reject", entry("e1"))
    run(path, "export", "--output", str(tmp_path / "reviews.jsonl"))
    other = tmp_path / "other.db"
    (tmp_path / "record.json").write_text(record().to_json(), "utf-8")
    for name in ("record.json", "reviews.jsonl"):
        done = CliRunner().invoke(main, ["add", str(tmp_path / name), "--store", str(other)])
        assert done.exit_code == 0, done.output
    assert events(other) == ["ASSAULT"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("accept", "e1"), "REPORT:KEY"),
        (("accept", "r-0000:e-1"), "no such report"),
        (("merge", "Nobody", "Kaldia"), "nobody is called so"),
        (("undo", "v-none"), "no such review"),
        (("correct", entry("e1"), "type=BOMB"), "BOMB"),
    ],
)
def test_what_is_not_there_is_told(path: Path, given: tuple[str, ...], told: str) -> None:
    done = run(path, *given)
    assert done.exit_code == 1
    assert told in done.output


def test_wrong_options_are_told(path: Path) -> None:
    assert run(path, "correct", entry("e1"), "type").exit_code == 2
    assert run(path, "split", entry("a2")).exit_code == 2

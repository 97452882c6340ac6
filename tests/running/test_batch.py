import json
from collections.abc import Iterator
from functools import partial

import pytest
from tests.running import fakes
from tests.store.building import record

from onrecord.errors import ModelError
from onrecord.intake import lines
from onrecord.record import Record
from onrecord.running.batch import Batch, Numbered, read_batch
from onrecord.store import keys


def numbered(*extras: str) -> Iterator[Numbered]:
    for k, extra in enumerate(extras, 1):
        yield k, partial(lines.document, fakes.line(k, extra), name=f"line {k}")


def read(*extras: str, seconds: float = 0, passed_over: dict[int, str] | None = None) -> Batch:
    given = numbered(*extras)
    return read_batch(given, fakes.Reader(), shard="s", seconds=seconds, passed_over=passed_over)


def test_one_that_fails_is_a_problem_and_the_others_are_read() -> None:
    made = read("", "BROKEN", "")
    assert [row["number"] for row in made.rows["reports"]] == [1, 3]
    [problem] = made.rows["problems"]
    assert (problem["shard"], problem["number"], problem["kind"]) == ("s", 2, "fault")
    assert "ValueError: no such luck" in problem["why"]


def test_one_that_is_slow_is_a_problem_and_the_others_are_read() -> None:
    made = read("", "SLOW", "", seconds=0.3)
    assert [(p.number, p.kind) for p in made.problems] == [(2, "slow")]
    assert len(made.rows["reports"]) == 2


def test_one_to_be_passed_over_is_not_touched() -> None:
    made = read("", "DEADLY", passed_over={2: "deadly"})
    assert [(p.number, p.kind) for p in made.problems] == [(2, "deadly")]


def test_a_report_s_rows_are_the_same_in_any_batch() -> None:
    together = read("", "BROKEN", "", "")
    alone: dict[str, list[object]] = {}
    for one in numbered("", "BROKEN", "", ""):
        for name, rows in read_batch([one], fakes.Reader(), shard="s").rows.items():
            alone.setdefault(name, []).extend(rows)
    assert together.rows == alone


def test_a_record_among_the_lines_is_kept_and_not_read() -> None:
    known = record(1)
    unit = partial(lines.document, known.to_json(), name="line 1")
    [row] = read_batch([(1, unit)], fakes.Reader(), shard="s").rows["reports"]
    assert row["reader"] == "elsewhere"
    assert row["report"] == keys.report_id(known.text)
    data = json.loads(row["record"])
    assert data["statements"] == known.to_dict()["statements"]


def test_a_model_that_breaks_is_no_problem_of_the_report() -> None:
    class Broken:
        version = "broken"

        def read(self, text: str, **known: str | None) -> Record:
            raise ModelError("gone")

    with pytest.raises(ModelError):
        read_batch(numbered(""), Broken(), shard="s")


def test_what_no_file_can_hold_is_a_problem() -> None:
    data = record(1).to_dict()
    data["actors"][0]["name"] = "half \ud800"
    unit = partial(lines.document, json.dumps(data), name="line 1")
    made = read_batch([(1, unit)], fakes.Reader(), shard="s")
    assert len(made.problems) == 1
    assert made.problems[0].why.encode("utf-8")

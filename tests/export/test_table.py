import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from tests.strategies import records

from onrecord import export
from onrecord.export.table import COLUMNS
from onrecord.record import Actor, Record, Report


def _rows(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export.render(record, "csv"), newline="")))


def _row(record: Record, id: str) -> dict[str, str]:
    return next(row for row in _rows(record) if row["id"] == id)


def test_every_entry_has_a_row(record: Record) -> None:
    ids = [row["id"] for row in _rows(record)]
    assert sorted(ids) == sorted([*(entry.id for entry in record.entries()), "h1", "h2"])


@given(records())
def test_the_offsets_of_every_row_hold_its_words(record: Record) -> None:
    for row in _rows(record):
        pairs = [pair.split("-") for pair in row["spans"].split("; ") if pair]
        words = " … ".join(" ".join(record.text[int(a) : int(b)].split()) for a, b in pairs)
        assert row["words"].removeprefix("'") == words.removeprefix("'") or row["layer"] == "actors"


def test_a_row_reads_by_itself(record: Record) -> None:
    row = _row(record, "e1")
    assert row["report"] == "truce"
    assert row["label"] == "REJECT"
    assert row["who"] == "The Orsan Resistance Front"
    assert row["whom"] == "Kaldia"
    assert row["said_by"] == "two Kaldian diplomats"
    assert row["authority"] == "unnamed"
    assert row["denied_by"] == "s3; s6"


def test_the_parts_of_a_broken_quote_keep_their_offsets(record: Record) -> None:
    content = record.statement("s5").content
    expected = "; ".join(f"{span.start}-{span.end}" for span in content)
    assert len(content) == 2
    assert _row(record, "s5")["spans"] == expected


def test_figures_keep_their_values(record: Record) -> None:
    row = _row(record, "f1")
    assert (row["value"], row["status"], row["label"]) == ("4000", "more_than", "displaced")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(name: str) -> None:
    actor = Actor(id="a1", name=name, kind="group")
    record = Record(report=Report(id="r", text="x"), actors=(actor,))
    assert _rows(record)[0]["who"] == f"'{name}"


def test_many_records_share_one_head(record: Record) -> None:
    form = export.FORMATS["csv"]
    other = replace(record, report=replace(record.report, id="other"))
    rows = list(csv.reader(io.StringIO(form.head + form.render(record) + form.render(other))))
    assert rows.count(list(COLUMNS)) == 1
    assert {len(row) for row in rows} == {len(COLUMNS)}

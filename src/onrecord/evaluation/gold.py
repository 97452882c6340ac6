"""Suite `gold`: a reader's whole records against gold records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import EvaluationError
from onrecord.evaluation.gold_scores import Tallies, score
from onrecord.evaluation.matching import spread
from onrecord.evaluation.protocols import ReaderLike
from onrecord.evaluation.result import Result, f1_measures
from onrecord.evaluation.tally import Tally


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of a folder of JSON files, in order of name.

    Raises:
        EvaluationError: there are none, or one is no record.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise EvaluationError(f"{folder}: no *.json; wanted a folder of records")
    for path in paths:
        record = json.loads(path.read_text("utf-8"))
        if not isinstance(record, dict) or "text" not in record.get("report", {}):
            raise EvaluationError(f"{path}: no record; it lacks report.text")
        yield record


def measure(reader: ReaderLike, data: Path, *, limit: int | None = None) -> Result:
    """Measure a reader on the texts of gold records.

    Raises:
        EvaluationError: the folder holds no records.
    """
    tallies: Tallies = {}
    records = spread(list(read_folder(data)), limit)
    for record in records:
        add_scores(tallies, score(record, _read(reader, record["report"])))
    return Result("gold", f1_measures(tallies), len(records))


def add_scores(whole: Tallies, part: Tallies) -> None:
    """Add one record's tallies to those of all."""
    for name, tally in part.items():
        whole.setdefault(name, Tally()).add(tally.right, tally.gold, tally.predicted)


def _read(reader: ReaderLike, report: Mapping[str, Any]) -> Mapping[str, Any]:
    known = {key: report.get(key) for key in ("title", "published", "publisher", "id")}
    return reader.read(report["text"], **known).to_dict()

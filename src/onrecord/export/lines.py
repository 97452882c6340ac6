"""A store as JSON Lines: a record a line, then the reviews; `onrecord add` reads it back.

Each record is as the reviews left it. Beside it, `store` has what the record's contract has no
field for: byline, agencies, appearances, which reader made it, and the reader's own record where
reviews changed it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store import load, reviews
from onrecord.store.schema import appearances, readings, reports


def lines(connection: Connection) -> Iterator[str]:
    """Every line, in the order in which the reports were added."""
    for kept in load.records(connection):
        data = kept.record.to_dict()
        data["report"]["id"] = kept.id
        yield _line({**data, "store": _beside(connection, kept)})
    for review in reviews.history(connection):
        row = {name: value for name, value in asdict(review).items() if name != "holds"}
        yield _line({"review": row})


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n"


def _beside(connection: Connection, kept: load.Kept) -> dict[str, Any]:
    query = select(reports.c.byline, reports.c.wire, readings.c.reader)
    joined = query.join(readings, readings.c.report_n == reports.c.n)
    row = connection.execute(joined.where(reports.c.n == kept.n)).one()
    found = connection.execute(
        select(appearances).where(appearances.c.report_n == kept.n).order_by(appearances.c.n)
    )
    own = ("n", "report_n")
    where = [{k: v for k, v in at._mapping.items() if k not in own} for at in found]
    made: dict[str, Any] = {"byline": row.byline, "wire": row.wire, "reader": row.reader}
    made["appearances"] = where
    reading = load.reading(connection, kept.n)
    if reading != kept.record:
        data = reading.to_dict()
        data["report"].pop("text")
        made["reading"] = data
    return made

"""What the commands that ask the store have in common: options, filters, and forms of output."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console, RenderableType

from onrecord.cli.people import WIDEST
from onrecord.errors import ExportError
from onrecord.store import DEFAULT
from onrecord.views import Filters
from onrecord.vocabulary import AUTHORITIES, TOPICS

F = TypeVar("F", bound=Callable[..., Any])
Row = dict[str, Any]

FORMS = ("people", "json", "csv", "parquet")

store_option = click.option(
    "--store",
    "-s",
    default=DEFAULT,
    show_default=True,
    envvar="ONRECORD_STORE",
    metavar="PATH|URL",
    help="An SQLite file, or postgresql://... (also: ONRECORD_STORE).",
)
"""Which store."""


def form_option(said: str) -> Callable[[F], F]:
    """`--format people|json`, for a command that prints `said` for people."""
    return click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(("people", "json")),
        default="people",
        help=f"{said} for people, or JSON.",
    )


class Day(click.ParamType[str]):
    """A day, or a month or year for its first day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """`value` as YYYY-MM-DD."""
        text = str(value)
        if not text:
            return ""
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            try:
                return date.fromisoformat(f"{text}-01-01"[:10]).isoformat()
            except ValueError:
                pass
        wanted = f"{text!r} is no date; wants YYYY-MM-DD, YYYY-MM or YYYY"
        raise click.BadParameter(wanted, ctx=ctx, param=param)


DAY = Day()

_FILTERS = (
    click.option("--party", "-p", multiple=True, help="Only this party, by any of its names."),
    click.option(
        "--topic", "-t", multiple=True, type=click.Choice(TOPICS), help="Only this topic."
    ),
    click.option("--since", type=DAY, default="", help="Only reports from this day on."),
    click.option("--until", type=DAY, default="", help="Only reports up to this day."),
    click.option(
        "--authority",
        "-a",
        multiple=True,
        type=click.Choice((*AUTHORITIES, "report")),
        help="Only on this kind of word; report: the report's own.",
    ),
    click.option(
        "--limit", "-n", type=click.IntRange(1, 10_000), default=None, help="At most so many."
    ),
)
_OUTPUT = (
    click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(FORMS),
        default="people",
        show_default=True,
        help="A page for people, or rows for programs.",
    ),
    click.option(
        "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write into a file."
    ),
)


def question_options(command: F) -> F:
    """The options that every question has; the filters come as one `Filters`, `limit` included."""
    for option in reversed((store_option, *_FILTERS, *_OUTPUT)):
        command = option(command)
    return command


def filters(given: Row, *, limit: int) -> Filters:
    """Takes the filters out of a command's parameters."""
    names = ("party", "topic", "since", "until", "authority")
    chosen = {name: given.pop(name) for name in names}
    return Filters(**chosen, limit=given.pop("limit") or limit)


def answer(
    rows: Sequence[Row],
    *,
    form: str,
    output: Path | None,
    people: Callable[[Console], Iterable[RenderableType]],
) -> None:
    """Prints or writes the answer: `rows` for programs, what `people` gives for people."""
    if form == "people":
        _people(people, output)
    elif form == "parquet":
        _bytes(_parquet(rows), output, needs_file=True)
    else:
        text = _json(rows) if form == "json" else _csv(rows)
        _bytes(text.encode("utf-8"), output, needs_file=False)


def _people(people: Callable[[Console], Iterable[RenderableType]], output: Path | None) -> None:
    if output is None:
        _print(people, Console())
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            _print(people, Console(file=file, width=WIDEST))
    except OSError as error:
        raise ExportError(f"can't write {output}: {error.strerror}") from error


def _print(people: Callable[[Console], Iterable[RenderableType]], console: Console) -> None:
    console.width = min(console.width, WIDEST)
    for part in people(console):
        for line in console.render_lines(part, pad=False):
            text = "".join(segment.text for segment in line)
            blank = len(text) - len(text.rstrip())
            kept = list(line)
            while kept and not kept[-1].text.strip():
                kept.pop()
            console.print(*_styled(kept), sep="", end="\n" if blank >= 0 else "", soft_wrap=True)


def _styled(line: Sequence[Any]) -> list[Any]:
    from rich.text import Text

    parts = [Text(segment.text, style=segment.style or "") for segment in line]
    if parts:
        parts[-1].rstrip()
    return parts


def _bytes(data: bytes, output: Path | None, *, needs_file: bool) -> None:
    if output is None:
        if needs_file and sys.stdout.isatty():
            raise click.UsageError("Parquet is for programs: give --output FILE, or a pipe")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise ExportError(f"can't write {output}: {error.strerror}") from error


def _json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A cell: lists joined, nothing that a spreadsheet would run as a formula."""
    if isinstance(value, list | tuple):
        plain = all(not isinstance(one, dict | list | tuple) for one in value)
        return _cell("; ".join(map(str, value)) if plain else json.dumps(value, ensure_ascii=False))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _parquet(rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()

"""`onrecord export`: the store in other forms."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import Connection

from onrecord.cli.asking import store_option
from onrecord.errors import ExportError
from onrecord.export import FORMATS
from onrecord.export import lines as json_lines
from onrecord.store import Store, load

_HELP = """\
Write the whole store in another form.

\b
Formats:
  parquet        a folder of tables: reports, one for each layer, actors, claims (see docs)
  csv            one row an entry, the same columns for every layer
  jsonl          a record a line, then the reviews; `onrecord add` reads it into another store
  plover         events as PLOVER JSON, a line each, with voice and dispute
  webannotation  W3C Web Annotations, a file for each report, into a folder

\b
Examples:
  onrecord export --format parquet --output tables/
  onrecord export --format jsonl > talks.jsonl
  onrecord export -f jsonl | onrecord add - --store postgresql://host/talks

\b
Exit codes:
  0  written
  1  the store can't be read, or the output can't be written
  2  wrong options or arguments
"""


@click.command("export", help=_HELP)
@store_option
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("parquet", "csv", "jsonl", "plover", "webannotation")),
    required=True,
    help="The form to write.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="A file or folder.")
def export(store: str, form: str, output: Path | None) -> None:
    """Writes the store."""
    if output is None and form in ("parquet", "webannotation"):
        raise click.UsageError(f"--format {form} writes files: give --output DIR")
    with Store.open(store, create=False) as opened, opened.read() as connection:
        if form == "parquet" and output is not None:
            from onrecord.export import parquet  # pyarrow takes a while to load

            parquet.write(connection, output)
        elif form == "webannotation" and output is not None:
            _files(connection, output)
        else:
            made = json_lines.lines(connection) if form == "jsonl" else _rows(connection, form)
            _write(made, output)


def _rows(connection: Connection, form: str) -> Iterator[str]:
    """The records in a form that many share, one after another."""
    yield FORMATS[form].head
    for kept in load.records(connection):
        yield FORMATS[form].render(kept.record)


def _files(connection: Connection, folder: Path) -> None:
    form = FORMATS["webannotation"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kept in load.records(connection):
            path = folder / f"{kept.id}{form.suffix}"
            path.write_text(form.render(kept.record), encoding="utf-8")
    except OSError as error:
        raise ExportError(f"can't write {error.filename or folder}: {error.strerror}") from error


def _write(made: Iterator[str], output: Path | None) -> None:
    """Writes UTF-8 whatever the locale; a file is put in its place when it is whole."""
    if output is None:
        for text in made:
            sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(made)
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExportError(f"can't write {output}: {error.strerror}") from error

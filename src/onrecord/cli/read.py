"""`onrecord read`: the record of one report or of many."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from onrecord.cli.output import Folder, Output, Stream
from onrecord.cli.people.plain import allow_any_encoding
from onrecord.cli.reading import Failure, failures_told, read_all
from onrecord.cli.sources import Source, sources
from onrecord.errors import ModelError, SourceNotFound
from onrecord.export import FORMATS

_HELP = """\
Print the record of a report: who says what on whose word, what is denied, what is on the table,
where the parties stand, the figures, and the headline against the text.

\b
INPUT is a file, a folder (its .txt, .md, .html and .pdf files, and those in folders below), a URL,
or - for standard input; several may be given. Plain text, HTML and PDF are told apart by their
content. A record that onrecord has written (JSON, JSON Lines) is shown as it is, not read again.

\b
Formats:
  people         a page for the terminal (the default)
  json           one record, the whole of it
  jsonl          one record a line, for many
  html           one self-contained page: the text, and the record beside it
  csv            one row an entry, the same columns for every layer
  plover         events as PLOVER JSON, a line each, with voice and dispute
  brat           standoff annotation; with --output also the .txt it points into
  webannotation  W3C Web Annotations (JSON-LD)

\b
Examples:
  onrecord read report.txt
  onrecord read https://example.org/talks-resume
  curl -s https://example.org/page | onrecord read -
  onrecord read reports/ --format jsonl > records.jsonl
  onrecord read reports/ --format html --output pages/

\b
Exit codes:
  0  every input was read
  1  some input could not be read, or written; the others were, and the end of stderr says which
  2  wrong options or arguments
  3  the reader could not start (its model is missing or damaged)
"""


@click.command("read", help=_HELP)
@click.argument("inputs", metavar="[INPUT]...", nargs=-1)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["people", *FORMATS]),
    default="people",
    show_default=True,
    help="The form to print or write.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write one file per report into this folder, named after the input.",
)
@click.option(
    "--verbose", "-v", is_flag=True, help="People: whole passages, offsets, and what made an entry."
)
def read(inputs: tuple[str, ...], form: str, output: Path | None, verbose: bool) -> None:
    """Reads the inputs, writes their records, and tells at the end what could not be read."""
    if not inputs and sys.stdin.isatty():
        raise click.UsageError("nothing to read: give a file, a folder, a URL, or - for stdin")
    found, failures = _found(inputs or ("-",))
    out = _output(form, output, found, verbose=verbose)
    try:
        failures += read_all(found, out, quiet=not isinstance(out, Folder) and form == "people")
    except ModelError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(3) from error
    if failures:
        failures_told(failures, read=len(found) - len(failures), many=len(found) > 1)
        raise click.exceptions.Exit(1)


def _found(inputs: Sequence[str]) -> tuple[list[Source], list[Failure]]:
    """The single inputs, folders opened; and those that aren't there."""
    found: list[Source] = []
    failures: list[Failure] = []
    for given in inputs:
        try:
            found += sources(given)
        except SourceNotFound as error:
            failures.append(Failure(given, str(error)))
    return found, failures


def _output(form: str, folder: Path | None, found: list[Source], *, verbose: bool) -> Output:
    if folder is not None:
        return Folder(form, folder, found, verbose=verbose)
    if len(found) > 1 and form != "people" and not FORMATS[form].joins:
        joining = ", ".join(name for name, other in FORMATS.items() if other.joins)
        raise click.UsageError(
            f"--format {form} holds one report and there are {len(found)}: give --output DIR for a "
            f"file each, or one of the formats that many share: {joining}"
        )
    if form == "people":
        allow_any_encoding()
    return Stream(form, Console(), verbose=verbose)

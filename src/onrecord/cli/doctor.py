"""`onrecord doctor`: what is wrong with the store or the model, and how to mend it."""

import json

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord import __version__
from onrecord.cli.asking import form_option, store_option
from onrecord.errors import OnrecordError, StoreError, StoreVersionError
from onrecord.store import Store, checks, schema
from onrecord.store.checks import Finding

_HELP = """\
Check the store and the installed model: say what is wrong and how to mend it.

Looks at the file, the full-text index, every text against its hash, every record, every entry's
words against the text, rows that refer to nothing, the parts and tallies, and what the linking
hasn't seen. With --mend, makes anew what can be made anew: texts, records and reviews can't.

\b
Examples:
  onrecord doctor
  onrecord doctor --store talks.db --mend
  onrecord doctor --format json

\b
Exit codes:
  0  nothing is wrong, or all of it was mended
  1  something is wrong, or the store can't be opened
  2  wrong options or arguments
"""


@click.command("doctor", help=_HELP)
@store_option
@click.option("--mend", is_flag=True, help="Mend what can be mended.")
@form_option("A page")
def doctor(store: str, mend: bool, form: str) -> None:
    """Prints what every check found."""
    found = [_model()]
    readers: dict[str, int] = {}
    try:
        with Store.open(store, create=False) as opened:
            found += checks.check(opened, mend=mend)
            readers = checks.readers(opened)
    except StoreError as error:
        newer = isinstance(error, StoreVersionError)
        how = "install the newer onrecord" if newer else _OPENED
        found.append(Finding(check="store", faults=1, what=str(error), mend=how))
    if form == "json":
        click.echo(json.dumps(_rows(found, readers), ensure_ascii=False, indent=1))
    else:
        _people(found, readers)
    if any(one.faults and not one.mended for one in found):
        raise click.exceptions.Exit(1)


_OPENED = "see that it is there and can be opened, or name another one with --store"
"""What helps where a store can't be opened: mending it wants it open."""


def _model() -> Finding:
    from onrecord.reading import Reader  # loads onnxruntime

    try:
        Reader.load(threads=1)
    except OnrecordError as error:
        return Finding(check="model", faults=1, what=str(error), mend="reinstall onrecord")
    return Finding(check="model", faults=0, what=f"the model of onrecord {__version__} loads")


def _rows(found: list[Finding], readers: dict[str, int]) -> dict[str, object]:
    checked = [
        {"check": f.check, "faults": f.faults, "what": f.what, "mend": f.mend, "mended": f.mended}
        for f in found
    ]
    return {"schema": schema.VERSION, "checks": checked, "readers": readers}


def _people(found: list[Finding], readers: dict[str, int]) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=2)
    grid.add_column(width=9)
    grid.add_column(ratio=1)
    for one in found:
        mark, style = ("✓", "green") if not one.faults else ("✗", "red")
        if one.mended and one.faults:
            mark, style = "↻", "yellow"
        line = Text(one.what if not one.faults else f"{one.faults:,} wrong: {one.what}")
        if one.faults and one.mended:
            line.append("  mended", style="yellow")
        elif one.faults:
            line.append(f"\n{one.mend or 'onrecord doctor --mend'}", style="dim")
        grid.add_row(Text(mark, style=style), Text(one.check, style="bold"), line)
    for reader, many in readers.items():
        grid.add_row("", "", Text(f"{many:,} reports read by {reader}", style="dim"))
    Console().print(grid)

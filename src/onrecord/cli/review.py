"""`onrecord review`: what people decide about entries and actors."""

import getpass
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import Connection, select

from onrecord.cli import answers
from onrecord.cli.answers.reviews import table
from onrecord.cli.asking import answer, form_option, store_option
from onrecord.errors import StoreError
from onrecord.store import Store, catalogue, load, reviews
from onrecord.store import schema as tables
from onrecord.store.reviews import Review

F = TypeVar("F", bound=Callable[..., Any])

_HELP = """\
Decide about what the store holds, see what was decided, and take it back.

An ENTRY is named by its id, `REPORT:KEY`, which every question gives with --format json; the
beginning of REPORT is enough. An ACTOR is one of the catalogue, by its id (`c-...`) or a name. What
is decided is kept beside the record, survives a newer model, and is never deleted: `undo` adds
another decision.

\b
Examples:
  onrecord search shelled --format json | grep entry
  onrecord review accept r-1f2e3d:e-9a8b7c6d5e4f
  onrecord review correct r-1f2e3d:e-9a8b7c6d5e4f type=COERCE --note "no force used"
  onrecord review merge "the Kremlin" Russia --who ana
  onrecord review split r-1f2e3d:a-04cd04cd04cd --name "Abbas Araghchi"
  onrecord review undo v-77aa77aa77aa77aa77aa
  onrecord review list --who ana --format json

\b
Exit codes:
  0  decided, or listed
  1  there is no such store, entry, actor or review, or the correction breaks the record's contract
  2  wrong options or arguments
"""


@click.group("review", help=_HELP)
def review() -> None:
    """The commands of reviews."""


def _deciding(command: F) -> F:
    """The options of every decision."""
    options = (
        store_option,
        click.option(
            "--who",
            default=getpass.getuser,
            show_default="you",
            envvar="ONRECORD_WHO",
            help="Who decides (also: ONRECORD_WHO).",
        ),
        click.option("--note", help="Why."),
        form_option("A line"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@review.command("accept")
@click.argument("entries", metavar="ENTRY...", nargs=-1, required=True)
@_deciding
def accept(entries: Sequence[str], **given: Any) -> None:
    """Say that entries are right: no later reading takes them out or changes them."""
    _decide(given, entries, reviews.accept)


@review.command("reject")
@click.argument("entries", metavar="ENTRY...", nargs=-1, required=True)
@_deciding
def reject(entries: Sequence[str], **given: Any) -> None:
    """Say that entries are none: what stood in their voice stands in the one around it."""
    _decide(given, entries, reviews.reject)


@review.command("correct")
@click.argument("entry")
@click.argument("changes", metavar="FIELD=VALUE...", nargs=-1, required=True)
@_deciding
def correct(entry: str, changes: Sequence[str], **given: Any) -> None:
    """Change fields of an entry: words, or JSON ('actors=["a2"]', 'trigger={"start": 4, ...}')."""
    made = dict(_change(change) for change in changes)
    _decide(given, [entry], lambda store, id, **by: reviews.correct(store, id, made, **by))


@review.command("merge")
@click.argument("actor")
@click.argument("into")
@_deciding
def merge(actor: str, into: str, **given: Any) -> None:
    """Say that one actor of the catalogue is another: ACTOR counts for INTO."""
    with Store.open(given["store"], create=False) as store:
        with store.read() as connection:
            one, other = _actor(connection, actor), _actor(connection, into)
        made = reviews.merge(store, one, other, who=given["who"], note=given["note"])
        _tell(store, [made], given["form"])


@review.command("split")
@click.argument("actors", metavar="ENTRY...", nargs=-1, required=True)
@click.option("--name", default="", help="They are somebody new, called so.")
@click.option("--into", default="", metavar="ACTOR", help="They are this actor.")
@_deciding
def split(actors: Sequence[str], name: str, into: str, **given: Any) -> None:
    """Say that actors of reports (REPORT:KEY) are somebody else than they were taken for."""
    if bool(name) == bool(into):
        raise click.UsageError("give --name for somebody new, or --into for one who is known")
    with Store.open(given["store"], create=False) as store:
        with store.read() as connection:
            ids = [_entry(connection, one) for one in actors]
            whom = _actor(connection, into) if into else ""
        by = {"who": given["who"], "note": given["note"]}
        _tell(store, [reviews.split(store, ids, name=name, into=whom, **by)], given["form"])


@review.command("undo")
@click.argument("ids", metavar="REVIEW...", nargs=-1, required=True)
@_deciding
def undo(ids: Sequence[str], **given: Any) -> None:
    """Take back reviews, undone ones too: what they decided is as it was before."""
    with Store.open(given["store"], create=False) as store:
        made = [reviews.undo(store, id, who=given["who"], note=given["note"]) for id in ids]
        _tell(store, made, given["form"])


@review.command("list")
@click.argument("target", default="")
@store_option
@click.option("--who", default="", help="Only this person's.")
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="At most so many.",
)
@form_option("A table")
def listed(target: str, store: str, who: str, limit: int, form: str) -> None:
    """Print the last reviews, or those of an ENTRY, a REPORT, or an actor's id."""
    with Store.open(store, create=False) as opened, opened.read() as connection:
        found = [
            one
            for one in reviews.history(connection)
            if one.target.startswith(target) and who in ("", one.who)
        ]
    _print(found[-limit:], form)


@review.command("export")
@store_option
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write into a file."
)
def export(store: str, output: Path | None) -> None:
    """Write the reviews alone, as JSON Lines that `onrecord add` reads into another store."""
    with Store.open(store, create=False) as opened, opened.read() as connection:
        rows = [_row(one) for one in reviews.history(connection)]
    lines = "".join(json.dumps({"review": row}, ensure_ascii=False) + "\n" for row in rows)
    if output is None:
        click.echo(lines, nl=False)
    else:
        output.write_text(lines, "utf-8")


# ---- names and values ----------------------------------------------------------------------------


def _decide(given: dict[str, Any], entries: Sequence[str], how: Callable[..., str]) -> None:
    """One decision about each of these entries."""
    with Store.open(given["store"], create=False) as store:
        with store.read() as connection:
            ids = [_entry(connection, one) for one in entries]
        made = [how(store, id, who=given["who"], note=given["note"]) for id in ids]
        _tell(store, made, given["form"])


def _entry(connection: Connection, given: str) -> str:
    """The whole id of an entry of which the report's beginning was given."""
    report, colon, key = given.partition(":")
    if not colon or not key:
        raise StoreError(f"{given!r}: no entry's id; wants REPORT:KEY, r-1f2e3d:e-9a8b7c6d5e4f")
    n = load.number(connection, report)
    whole = connection.scalar(select(tables.reports.c.id).where(tables.reports.c.n == n))
    return f"{whole}:{key}"


def _actor(connection: Connection, given: str) -> str:
    """The id of the catalogue actor with this id or name."""
    columns = tables.catalogue.c
    if given.startswith("c-"):
        return given
    found = catalogue.find(connection, given)
    rows = connection.execute(select(columns.id, columns.name).where(columns.n.in_(found))).all()
    if len(rows) != 1:
        several = "; ".join(f"{row.id} ({row.name})" for row in rows)
        why = f"several are called so: {several}" if rows else "nobody is called so"
        raise StoreError(f"{given!r}: {why}")
    return str(rows[0].id)


def _change(given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise click.UsageError(f"{given!r}: wants FIELD=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


# ---- what is printed -----------------------------------------------------------------------------


def _tell(store: Store, ids: Sequence[str], form: str) -> None:
    with store.read() as connection:
        found = {one.id: one for one in reviews.history(connection)}
    _print([found[id] for id in ids], form)


def _print(found: Sequence[Review], form: str) -> None:
    answer(
        [{**_row(one), "holds": one.holds} for one in found],
        form=form,
        output=None,
        people=lambda _: [table(found)] if found else answers.nothing("No review."),
    )


def _row(one: Review) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "holds"}

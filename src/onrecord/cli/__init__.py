"""The command line: `onrecord COMMAND`."""

import importlib
from collections.abc import Mapping
from typing import Any

import click

from onrecord import __version__
from onrecord.errors import OnrecordError

_COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "read": ("onrecord.cli.read", "read", "Print the record of a report, or of many."),
    "add": ("onrecord.cli.add", "add", "Read reports and keep their records in a store."),
    "ledger": ("onrecord.cli.questions", "ledger", "Proposals, their terms, and the answers."),
    "positions": (
        "onrecord.cli.questions",
        "positions",
        "Where each party stands, topic by topic.",
    ),
    "timeline": ("onrecord.cli.questions", "timeline", "What happened, day by day, on whose word."),
    "figures": ("onrecord.cli.questions", "figures", "How numbers moved, and who gives them."),
    "disputes": ("onrecord.cli.questions", "disputes", "Accounts that contradict each other."),
    "sources": ("onrecord.cli.questions", "sources", "Who is quoted, on what authority."),
    "search": ("onrecord.cli.questions", "search", "Find words, and whose words they are."),
    "review": ("onrecord.cli.review", "review", "Decide about entries and actors, or undo it."),
    "serve": ("onrecord.cli.serve", "serve", "Open pages and an HTTP API over the store."),
    "run": ("onrecord.cli.run", "run_command", "Read a corpus: shards in, Parquet out."),
    "export": ("onrecord.cli.export", "export", "Write the store in other forms."),
    "doctor": ("onrecord.cli.doctor", "doctor", "Check the store and the model; mend them."),
    "eval": ("onrecord.cli.eval", "eval_command", "Measure the reader on a corpus."),
}
"""Module, name and one line about each command; a module is loaded when its command runs, so that
`--help` and `--version` don't wait for the model's libraries."""


class _Commands(click.Group):
    """A group that loads a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the order in which one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`, loaded; None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what onrecord raises on purpose becomes a message and exit code 1."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Read news reports of conflicts and negotiations and keep the record straight.

    Who said, proposed, demanded, accepted, rejected or denied what; on whose word; which figures
    are given by whom; and what the headline claims that no one in the text stands behind.
    """

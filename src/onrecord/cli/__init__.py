"""The command line: `onrecord COMMAND`."""

import importlib
from collections.abc import Mapping
from typing import Any

import click

from onrecord import __version__
from onrecord.errors import OnrecordError

_COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "read": ("onrecord.cli.read", "read", "Print the record of a report, or of many."),
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

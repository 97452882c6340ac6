"""The command line."""

import click


@click.group()
def main() -> None:
    """Read news reports of conflicts and negotiations and keep the record straight."""

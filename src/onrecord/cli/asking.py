"""What the commands that ask the store have in common: options, filters, output."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from onrecord.store import DEFAULT

F = TypeVar("F", bound=Callable[..., Any])

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

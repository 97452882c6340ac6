"""The hooks of MkDocs: fills in what pages leave to the program, and the parts of the navigation.

A page asks for a piece in a comment, which any other reader of Markdown leaves out:

    <!-- options: read -->      how a command is called, and its options, from click
    <!-- commands -->           all commands
    <!-- variables -->          the environment variables that they heed
    <!-- addresses -->          the addresses of the HTTP API, from its declaration
    <!-- columns -->            the tables of an export
    <!-- from: README.md#How good it is -->    a file of the repository, or a section of it
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docs.hooks import addresses, columns, options, pieces

MARKER = re.compile(
    r"^<!-- (options|commands|variables|addresses|columns|from)(?:: (.*?))? -->$", re.M
)

_WHOLE: dict[str, Callable[[], str]] = {
    "commands": options.listed,
    "variables": options.variables,
    "addresses": addresses.page,
    "columns": columns.page,
}


def filled(markdown: str, *, page: str) -> str:
    """A page's text with what its markers ask for; `page` is its path in `docs/`."""
    return MARKER.sub(lambda found: _piece(found[1], found[2], page), markdown)


def _piece(what: str, argument: str | None, page: str) -> str:
    if what == "options":
        return options.page(argument or "")
    if what == "from":
        return pieces.piece(argument or "", page=page)
    return _WHOLE[what]()


def on_config(config: Any) -> Any:
    """Puts the pages that a pattern in the navigation stands for in its place."""
    config["nav"] = _expanded(config["nav"], Path(config["docs_dir"]))
    return config


def _expanded(nav: Any, folder: Path) -> Any:
    if isinstance(nav, dict):
        return {title: _expanded(part, folder) for title, part in nav.items()}
    if not isinstance(nav, list):
        return nav
    return [one for part in nav for one in _one_or_many(part, folder)]


def _one_or_many(part: Any, folder: Path) -> list[Any]:
    if isinstance(part, str) and "*" in part:
        return sorted(path.relative_to(folder).as_posix() for path in folder.glob(part))
    return [_expanded(part, folder)]


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """The page as it is to be rendered."""
    return filled(markdown, page=page.file.src_uri)

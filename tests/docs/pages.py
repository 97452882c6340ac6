"""What the tests of the documentation share: its pages, and the pieces of code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code on a page."""

    page: str
    line: int
    language: str
    code: str


def names() -> list[str]:
    """The pages, as paths in `docs/`."""
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def text(page: str) -> str:
    """A page as it is written."""
    return (DOCS / page).read_text("utf-8")


def blocks(page: str, *languages: str) -> Iterator[Block]:
    """The pieces of code of a page in these languages."""
    whole = text(page)
    for found in _BLOCK.finditer(whole):
        if found[1] in languages:
            yield Block(page, whole.count("\n", 0, found.start()) + 1, found[1], found[2])


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    _, _, rest = text(page).partition(f"\n## {heading}\n")
    assert rest, f"{page} has no section {heading!r}"
    return rest.partition("\n## ")[0]


def rows(markdown: str) -> dict[str, str]:
    """The rows of the tables in a text, by each of the words in code in their first cells."""
    found: dict[str, str] = {}
    for line in markdown.splitlines():
        if line.startswith("| `"):
            first = line.split(" | ")[0]
            found |= dict.fromkeys(re.findall(r"`([^`]+)`", first), line)
    return found


def path_of(page: str) -> Path:
    """Where a page lies."""
    return DOCS / page

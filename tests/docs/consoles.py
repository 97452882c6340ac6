"""Runs the commands in the pages' consoles, in the store that `start.md` makes.

    python -m tests.docs.consoles [PAGE]...

writes what they print into the pages (all of them, or the ones named). A line that is `...` in a
page stands for any lines; such a block is left as it is.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from tests.conftest import ROOT
from tests.docs import pages

from onrecord.cli import main

COLUMNS = "84"

FRESH = {"start.md", "analysis.md"}
"""Pages that make the store themselves."""


def example_store(folder: Path) -> None:
    """Lays out what the pages take for granted: the examples, and a store of their records."""
    shutil.copytree(ROOT / "examples", folder / "examples", dirs_exist_ok=True)
    with_records = ["add", "examples/records.jsonl", "--store", str(folder / "onrecord.db")]
    before = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(main, with_records)
    finally:
        os.chdir(before)
    assert done.exit_code == 0, done.output


def begin(page: str) -> None:
    """Takes the store away where the page makes it itself."""
    if page in FRESH:
        for file in Path.cwd().glob("onrecord.db*"):
            file.unlink()


def commands(code: str) -> Iterator[tuple[str, str]]:
    """Each command of a console and what is printed below it."""
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        line, _, printed = part.partition("\n")
        yield line, printed


def printed(line: str) -> str:
    """What a command prints, run where we are; raises `AssertionError` where it fails."""
    program, *arguments = shlex.split(line)
    assert program == "onrecord", f"only onrecord is run here, not {line}"
    environment = {"COLUMNS": COLUMNS, "NO_COLOR": "1"}
    done = CliRunner().invoke(main, arguments, env=environment)
    assert done.exit_code == 0, f"{line}: {done.output}"
    return plain(done.output)


def plain(text: str) -> str:
    """A text without the white space that nobody sees."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip()


def matches(shown: str, real: str) -> bool:
    """Whether a page shows what is printed; `...` on a line, or at its end, stands for the rest."""
    parts = (re.escape(part) for part in re.split(r"\.\.\.", plain(shown)))
    return re.fullmatch(".*".join(parts), real, re.DOTALL) is not None


def _rewritten(code: str) -> str:
    if "..." in code:
        return code
    done = ((line, printed(line)) for line, _ in commands(code))
    return "".join(f"$ {line}\n{out}\n" if out else f"$ {line}\n" for line, out in done)


def _main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        example_store(Path(folder))
        os.chdir(folder)
        for name in names or pages.names():
            text = pages.text(name)
            begin(name)
            for block in pages.blocks(name, "console"):
                text = text.replace(block.code, _rewritten(block.code))
            pages.path_of(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main(sys.argv[1:])

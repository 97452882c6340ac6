"""Pieces of files elsewhere in the repository, such as the README, as parts of a page."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_ELSEWHERE = re.compile(r"[a-z]+:|#")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def piece(place: str, *, page: str) -> str:
    """A file, or the section of it that `place` names behind `#`, without its heading.

    Args:
        place: `README.md` or `README.md#How good it is`, from the repository's root.
        page: the page it becomes a part of, from `docs/`; links are made to hold from there.

    Raises:
        KeyError: the file has no such section.
    """
    file, _, heading = place.partition("#")
    text = (ROOT / file).read_text("utf-8")
    text = _section(text, heading, file) if heading else _without_title(text)
    return _LINK.sub(lambda found: _link(found, file, page), text).strip()


def _section(text: str, heading: str, file: str) -> str:
    blank = _FENCED.sub(lambda code: re.sub(r"[^\n]", ".", code[0]), text)
    begin = re.search(rf"^(#+) {re.escape(heading)}\n", blank, re.MULTILINE)
    if begin is None:
        raise KeyError(f"{file} has no section {heading!r}")
    end = re.compile(rf"^#{{1,{len(begin[1])}}} ", re.MULTILINE).search(blank, begin.end())
    return text[begin.end() : end.start() if end else len(text)]


def _without_title(text: str) -> str:
    return re.sub(r"\A# .*\n", "", text)


def _link(found: re.Match[str], file: str, page: str) -> str:
    """The link from the page; what isn't in `docs/` isn't on the site, and is only named."""
    image, label, target = found.groups()
    if _ELSEWHERE.match(target):
        return found[0]
    path = os.path.normpath(PurePosixPath(file).parent / target)
    if not path.startswith("docs/"):
        return label
    return f"{image}[{label}]({os.path.relpath(path, PurePosixPath('docs') / Path(page).parent)})"

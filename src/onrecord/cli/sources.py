"""From what stands on the command line to single inputs."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import SourceNotFound
from onrecord.intake import is_url

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf")
"""What a folder is searched for; a file that is named itself may be called anything."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: where it is, and the stem that its files and its report are named after."""

    place: str
    stem: str


def sources(given: str) -> list[Source]:
    """The inputs behind one argument: itself, or the reports in a folder, sorted by path.

    Raises `SourceNotFound` where a folder has none, or can't be opened.
    """
    if given == "-":
        return [Source("-", "stdin")]
    if is_url(given):
        return [Source(given, _slug(given))]
    path = Path(given)
    return _in_folder(path) if path.is_dir() else [Source(given, path.stem or path.name)]


def _in_folder(folder: Path) -> list[Source]:
    try:
        paths = sorted(path for path in folder.rglob("*") if _is_report(path, folder))
    except OSError as error:
        raise SourceNotFound(f"{folder}: can't be opened: {error.strerror}") from error
    if not paths:
        raise SourceNotFound(f"{folder}: no report in this folder; wants {', '.join(SUFFIXES)}")
    return [Source(str(path), path.stem) for path in paths]


def _is_report(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and not hidden and path.is_file()


def _slug(url: str) -> str:
    """A file's name for a URL: the last part of its path, else its host."""
    parts = urlsplit(url)
    last = next((part for part in reversed(parts.path.split("/")) if part), parts.netloc)
    stem = re.sub(r"\.(html?|php|aspx?|pdf)\Z", "", last, flags=re.IGNORECASE)
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:80] or "page"

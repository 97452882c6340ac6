"""From what a user names to the addresses of files: paths, folders, globs, fsspec addresses."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Any

import fsspec
from fsspec.core import url_to_fs

from onrecord.errors import RunError, SourceNotFound

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet", ".warc", ".warc.gz")
"""What a folder is searched for; a file that is named itself may be called anything."""

_GLOB = re.compile(r"[*?\[]")


def addresses(places: Iterable[str]) -> list[str]:
    """The files behind these arguments, each once, in order.

    Raises `SourceNotFound` where an argument has none, `RunError` where a library for a kind of
    address is missing.
    """
    return list(dict.fromkeys(one for place in places for one in _behind(place)))


def _behind(place: str) -> list[str]:
    system, path = _system(place)
    try:
        if system.isfile(path):
            return [_address(system, path)]
        if system.isdir(path):
            found, wanted = _in_folder(system, path), f"a file that ends in {', '.join(SUFFIXES)}"
        else:
            found = [one for one in system.glob(path) if system.isfile(one)]
            wanted = "a match" if _GLOB.search(place) else "a file, a folder or a glob"
    except FileNotFoundError:
        found, wanted = [], "a file, a folder or a glob"
    except OSError as error:
        raise SourceNotFound(f"{place}: can't be opened: {error}") from error
    if not found:
        raise SourceNotFound(f"{place}: there is nothing; wants {wanted}")
    return [_address(system, one) for one in sorted(found)]


def _in_folder(system: Any, path: str) -> list[str]:
    return [one for one in system.find(path) if one.lower().endswith(SUFFIXES)]


def _system(place: str) -> tuple[Any, str]:
    try:
        system, path = url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise RunError(f"{place}: fsspec can't open such addresses here: {error}") from error
    return system, str(path)


def _address(system: Any, path: str) -> str:
    """The address by which any process opens the file: local ones are absolute paths."""
    if isinstance(system, fsspec.get_filesystem_class("file")):
        return os.path.realpath(path)
    return str(system.unstrip_protocol(path))


def label(address: str) -> str:
    """What a file is called in rows and messages: its name without its folders."""
    return PurePosixPath(address.replace("\\", "/")).name


@contextmanager
def opened(address: str) -> Iterator[IO[bytes]]:
    """The file's bytes; raises `OSError` where it can't be opened."""
    if "://" not in address:
        with open(address, "rb") as file:  # noqa: PTH123 - an address, not always a path
            yield file
        return
    system, path = _system(address)
    with system.open(path, "rb") as file:
        yield file

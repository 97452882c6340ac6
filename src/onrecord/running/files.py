"""Files that are there whole or not at all, and a folder that one run at a time works in."""

import contextlib
import errno
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import RunError

PART = ".part-"
"""What stands in the name of a file that isn't whole yet."""
_HOST = re.sub(r"[^A-Za-z0-9-]", "", platform.node())[:40]
"""Numbers of processes are low and alike in containers."""


def write(path: Path, data: bytes) -> None:
    """Writes `data` to `path`: whoever looks, also after a power cut, sees all of it or none."""
    part = unfinished(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(data)
        finish(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def unfinished(path: Path) -> Path:
    """Where to write what will be `path`; another process, of any machine, gets another place."""
    return path.with_name(f"{path.name}{PART}{_HOST}-{os.getpid()}")


def finish(part: Path, path: Path) -> None:
    """Puts a written file in its place, once the disk has it."""
    _sync(part)
    part.replace(path)
    if os.name == "posix":
        _sync(path.parent)  # the name too


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems can't do this with folders
            raise
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Removes what killed processes left unfinished."""
    for part in [*folder.glob(f"*{PART}*"), *folder.glob(f"*/*{PART}*")]:
        part.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps other runs out of `folder` meanwhile; raises `RunError` where one is at work in it.

    The system gives the folder free when this process ends, however it ends.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    with contextlib.ExitStack() as stack:
        stack.callback(os.close, handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunError(f"{folder}: another run is at work in this folder") from error
        except OSError:
            pass  # a file system without locks: two runs would do the same work twice, no worse
        yield

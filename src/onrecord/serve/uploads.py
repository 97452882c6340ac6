"""Files that are sent to be added: kept aside, unpacked within bounds, and read."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from onrecord.errors import IntakeError, UnsupportedInput
from onrecord.intake.stream import SUFFIXES, Item, within
from onrecord.serve.jobs import Job
from onrecord.serve.settings import Settings

_CHUNK = 256 * 1024
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)
"""What damaged and encrypted archives raise."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that was sent: what its sender calls it, and where it is kept meanwhile."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Upload:
    """The files of one request, in a folder of their own."""

    folder: Path
    files: tuple[Sent, ...]

    def remove(self) -> None:
        """Removes them."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(files: Sequence[tuple[str, IO[bytes]]]) -> Upload:
    """Keeps files aside under numbers: the names that were sent name nothing here."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    kept = []
    try:
        for n, (name, stream) in enumerate(files):
            path = folder / str(n)
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file, _CHUNK)
            kept.append(Sent(shown_name(name) or f"file {n + 1}", path))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Upload(folder, tuple(kept))


def shown_name(name: str) -> str:
    """A file's name without what can't be printed, and not too long."""
    return "".join(c for c in name if c.isprintable())[-200:].strip()


def documents(upload: Upload, settings: Settings) -> Callable[[Job], Iterator[Item]]:
    """What gathers the documents of these files."""

    def gather(job: Job) -> Iterator[Item]:
        job.total = _count(upload)
        left = _Bound(settings.largest_unpacked)
        for sent in upload.files:
            job.doing = sent.name
            yield from _file(sent, left, settings, job)

    return gather


def _count(upload: Upload) -> int | None:
    """How many documents there are, where each file is one."""
    several = (".jsonl", ".ndjson", ".zip", ".gz", ".warc", ".rss", ".atom", ".xml", ".json")
    one_each = all(not sent.name.lower().endswith(several) for sent in upload.files)
    return len(upload.files) if one_each else None


class _Bound:
    """So many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, many: int) -> None:
        """Raises `UnsupportedInput` where it was too much."""
        self.left -= many
        if self.left < 0:
            raise UnsupportedInput("the archives hold more than may be unpacked at a time")


def _file(sent: Sent, left: _Bound, settings: Settings, job: Job) -> Iterator[Item]:
    with sent.path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        try:
            if start == _ZIP:
                yield from _zipped(sent.name, file, left, settings, job)
                return
            _measure(file, left)
        except IntakeError as error:
            yield Item(sent.name, None, UnsupportedInput(f"{sent.name}: {error}"))
            return
        except _DAMAGED as error:
            yield Item(sent.name, None, UnsupportedInput(f"{sent.name}: is damaged: {error}"))
            return
        yield from within(file, sent.name)


def measure(stream: IO[bytes], most: int) -> None:
    """Raises `UnsupportedInput` where a stream is packed and holds more than `most` bytes."""
    try:
        _measure(stream, _Bound(most))
    except _DAMAGED as error:
        raise UnsupportedInput(f"is damaged: {error}") from error


def _measure(stream: IO[bytes], left: _Bound) -> None:
    """Unpacks a packed stream without keeping it: a small file may hold any amount."""
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        while packed and (part := unpacked.read(_CHUNK)):
            left.take(len(part))
    stream.seek(0)


def _zipped(
    name: str, file: IO[bytes], left: _Bound, settings: Settings, job: Job
) -> Iterator[Item]:
    with zipfile.ZipFile(file) as archive:
        members = [one for one in archive.infolist() if _is_report(one)]
        if len(members) > settings.most_files:
            raise UnsupportedInput(f"holds {len(members)} files; at most {settings.most_files}")
        if len(members) == 0:
            raise UnsupportedInput(f"no report in this archive; wants {', '.join(SUFFIXES)}")
        if job.total is None:
            job.total = len(members)
        for member in members:
            place = f"{name}: {shown_name(member.filename)}"
            job.doing = place
            try:
                data = _member(archive, member, left)
            except _DAMAGED as error:
                yield Item(place, None, UnsupportedInput(f"{place}: is damaged: {error}"))
                continue
            yield from within(io.BytesIO(data), place)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: _Bound) -> bytes:
    parts = []
    with archive.open(member) as packed:
        while part := packed.read(_CHUNK):
            left.take(len(part))
            parts.append(part)
    data = b"".join(parts)
    _measure(io.BytesIO(data), left)
    return data


def _is_report(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not member.is_dir() and not hidden and path.suffix.lower() in SUFFIXES

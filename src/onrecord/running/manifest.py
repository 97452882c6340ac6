"""What a run is: versions, settings and inputs, in one file beside its output."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

import onrecord
from onrecord.errors import ModelError, RunError
from onrecord.running import datasets, files
from onrecord.running.markers import Marker
from onrecord.running.shards import Source
from onrecord.running.work import SHIPPED, Settings

NAME = "manifest.json"
FORMAT = 1
"""The version of a run's folder: its datasets and their columns."""

_LIBRARIES = ("numpy", "onnxruntime", "tokenizers", "trafilatura", "fastwarc", "pyarrow")
"""Those that could make other bytes of the same input."""
_MAKE = (
    "intake/*.py", "reading/*.py", "running/*.py", "record.py", "_entries.py", "_contract.py",
    "vocabulary.py", "store/unfold.py", "store/keys.py", "store/dates.py", "store/names.py",
    "export/columns.py", "export/telling.py",
)  # fmt: skip
"""The modules that could."""

_PINNED = {
    "format": "another format",
    "versions": "other versions",
    "shard_size": "another shard size",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the records of a folder were made by and of."""

    format: int = FORMAT
    versions: dict[str, Any]
    """Of onrecord, its code, its model's files, and libraries."""
    shard_size: int
    inputs: list[dict[str, Any]]
    """Address, bytes, SHA-256, form and number of shards of each file."""
    complete: bool = False
    totals: dict[str, Any] = field(default_factory=dict)
    """Reports, words, problems by kind, and rows and bytes of the datasets, once complete."""

    def write(self, folder: Path) -> None:
        """Writes it; raises `OSError`."""
        files.write(folder / NAME, (json.dumps(asdict(self), indent=1) + "\n").encode("utf-8"))

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The manifest of a folder; None where there is none; `RunError` for another file."""
        try:
            return cls(**json.loads((folder / NAME).read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise RunError(f"{folder / NAME} is no manifest of a run: {error}") from error

    def refuse(self, now: Self, folder: Path) -> None:
        """Raises `RunError` where what is in the folder can't be gone on with as `now`."""
        for name, told in _PINNED.items():
            before, after = getattr(self, name), getattr(now, name)
            if before != after:
                raise RunError(
                    f"{folder} was begun with {told} ({_differing(before, after)}): go on as it "
                    "was begun, or give another --out"
                )
        given = {one["sha256"] for one in now.inputs}
        for one in self.inputs:
            if one["sha256"] not in given:
                raise RunError(
                    f"{folder} was begun over {one['address']}, which isn't given now or has "
                    "changed: give it as it was, or another --out"
                )


def _differing(before: Any, after: Any) -> str:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return f"{before} then, {after} now"
    names = sorted({*before, *after})
    return "; ".join(
        f"{name}: {_short(before.get(name))} then, {_short(after.get(name))} now"
        for name in names
        if before.get(name) != after.get(name)
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def begin(sources: Iterable[Source], settings: Settings, *, size: int) -> Manifest:
    """The manifest of a run that is about to begin; raises `ModelError` without a model."""
    inputs = [
        {"address": one.address, "bytes": one.bytes, "sha256": one.sha256, "form": one.form,
         "shards": len(one.shards), "copies": list(one.copies)}
        for one in sources
    ]  # fmt: skip
    return Manifest(versions=versions(settings), shard_size=size, inputs=inputs)


def versions(settings: Settings) -> dict[str, Any]:
    """Of all that the bytes of a record depend on, beside the text and the kind of processor."""
    model = _model(settings) if settings.reader == SHIPPED else settings.reader
    libraries = {name: _version(name) for name in _LIBRARIES}
    return {
        "onrecord": onrecord.__version__,
        "code": _code(),
        "model": model,
        "python": platform.python_version(),
        "processor": platform.machine(),
        **libraries,
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _code() -> str:
    """The digest of the modules that records and rows are made by."""
    root, digest = Path(onrecord.__file__).parent, hashlib.sha256()
    for path in sorted(path for pattern in _MAKE for path in root.glob(pattern)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _model(settings: Settings) -> dict[str, str]:
    from onrecord.reading.network import FILES, model_folder  # loads onnxruntime

    folder = Path(settings.model) if settings.model else model_folder()
    try:
        return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    except OSError as error:
        raise ModelError(f"{folder} holds no model: {error}") from error


def totals(markers: Iterable[Marker]) -> dict[str, Any]:
    """The sum of what shards came to."""
    made: dict[str, Any] = {"shards": 0, "reports": 0, "words": 0, "problems": {}}
    sums = {name: {"rows": 0, "bytes": 0} for name in datasets.NAMES}
    for marker in markers:
        made["shards"] += 1
        made["reports"] += marker.reports
        made["words"] += marker.words
        for kind, many in marker.problems.items():
            made["problems"][kind] = made["problems"].get(kind, 0) + many
        for name, sizes in marker.files.items():
            for what, many in sizes.items():
                sums[name][what] += many
    return {**made, "problems": dict(sorted(made["problems"].items())), "datasets": sums}

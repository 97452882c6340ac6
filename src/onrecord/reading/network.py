"""The shipped model: an ONNX graph over one window at a time, and the tables beside it.

A window is always run alone and unpadded, so that what is read does not depend on what else is read
with it: the bytes of a record are the same in any batch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord.errors import ModelError

Floats = NDArray[np.float32]
FILES = ("reader.onnx", "labels.json", "tables.npz", "vocab.txt")
OUTPUTS = ("tags", "tree", "words", "role_left", "role_right", "relation_left", "relation_right")
PARSER = ("arcs", "label_left", "label_right")


def model_folder() -> Path:
    """Where the package keeps the shipped model."""
    return Path(str(resources.files("onrecord"))) / "model"


@dataclass(frozen=True, slots=True)
class Network:
    """A loaded model: ``labels`` by head, ``slices`` of the word logits, constant ``tables``."""

    session: onnxruntime.InferenceSession
    labels: Mapping[str, list[str]]
    slices: Mapping[str, slice]
    tables: Mapping[str, Floats]

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Network:
        """Load the model in ``folder``; raises ModelError where a file is missing or broken."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder} lacks {', '.join(missing)}: reinstall onrecord")
        told = json.loads((folder / "labels.json").read_text("utf-8"))
        slices, at = {}, 0
        for name, width in told["words"].items():
            slices[name] = slice(at, at + width)
            at += width
        with np.load(folder / "tables.npz") as stored:
            tables = {name: stored[name] for name in stored.files}
        session = _session(folder / "reader.onnx", threads)
        return cls(session, told["labels"], slices, tables)

    def run(
        self,
        pieces: Sequence[int],
        cases: Sequence[int],
        firsts: Sequence[int],
        *,
        style: int,
        parser: bool = True,
    ) -> dict[str, Floats]:
        """One window's outputs by name, OUTPUTS and with ``parser`` PARSER, without the batch
        axis."""
        feed = self.feed(pieces, cases, firsts, style=style)
        names = OUTPUTS + PARSER if parser else OUTPUTS
        found = self.session.run(names, feed)
        return {name: output[0] for name, output in zip(names, found, strict=True)}

    def root_logits(
        self, pieces: Sequence[int], cases: Sequence[int], firsts: Sequence[int]
    ) -> Floats:
        """The logits of PLOVER's root types for a sentence with marked source and target."""
        feed = self.feed(pieces, cases, firsts, style=0)
        logits: Floats = self.session.run(("root",), feed)[0][0]
        return logits

    @staticmethod
    def feed(
        pieces: Sequence[int], cases: Sequence[int], firsts: Sequence[int], *, style: int
    ) -> dict[str, NDArray[np.int64]]:
        """The graph's inputs for one window."""
        return {
            "pieces": np.array([pieces], dtype=np.int64),
            "cases": np.array([cases], dtype=np.int64),
            "mask": np.ones((1, len(pieces)), dtype=np.int64),
            "firsts": np.array([firsts], dtype=np.int64),
            "style": np.array([style], dtype=np.int64),
        }


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path} is no model that onnxruntime can load: {error}") from error

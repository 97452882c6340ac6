"""The bare encoder: the reader's ONNX graph, cut off where the heads begin.

It runs over exactly the windows that the reader feeds, with nothing before or after: no cutting
into words and pieces, no heads, no decoding, no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx
import onnxruntime
from onnx.utils import Extractor

Window = dict[str, Any]


@dataclass(frozen=True)
class BareEncoder:
    """A session that gives the vectors of word pieces and does nothing else."""

    session: onnxruntime.InferenceSession
    inputs: tuple[str, ...]

    def run(self, windows: Iterable[Window]) -> None:
        """Encode windows one by one, as the reader does."""
        for window in windows:
            self.session.run(None, {name: window[name] for name in self.inputs})


def cut(graph: Path, *, threads: int) -> BareEncoder:
    """The encoder of a reader's graph.

    Args:
        graph: the reader's ONNX file.
        threads: how many threads it may use.

    Raises:
        ValueError: the graph doesn't gather words' vectors by its input `firsts`.
    """
    model = onnx.shape_inference.infer_shapes(onnx.load(str(graph)))
    inputs = ("pieces", "cases", "mask")
    part = Extractor(model).extract_model(list(inputs), [_vectors(model)])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "encoder.onnx"
        onnx.save(part, str(path))
        session = onnxruntime.InferenceSession(
            str(path), _options(threads), providers=["CPUExecutionProvider"]
        )
    return BareEncoder(session, inputs)


def _vectors(model: onnx.ModelProto) -> str:
    """The encoder's output: what the graph gathers words from, at the places in `firsts`."""
    reached = {"firsts"}
    for node in model.graph.node:
        if reached & set(node.input):
            if node.op_type == "GatherElements" and node.input[0] not in reached:
                return str(node.input[0])
            reached.update(node.output)
    raise ValueError("the graph has no GatherElements over `firsts`: where does its encoder end?")


def _options(threads: int) -> onnxruntime.SessionOptions:
    """The reader's own settings."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return options


def pieces(windows: Sequence[Window]) -> int:
    """How many word pieces the windows hold."""
    return sum(int(window["pieces"].size) for window in windows)

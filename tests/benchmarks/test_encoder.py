"""Cutting the encoder out of the reader's graph."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

onnx = pytest.importorskip("onnx")
from onnx import TensorProto, helper  # noqa: E402

from benchmarks import encoder  # noqa: E402


def graph(path: Path, *, gathers: bool) -> Path:
    """A toy reader: an encoder that adds, words that are gathered, a head that multiplies."""
    integers = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "pieces"])
        for name in ("pieces", "cases", "mask", "firsts")
    ]
    nodes = [
        helper.make_node("Add", ["pieces", "cases"], ["shaped"]),
        helper.make_node("Mul", ["shaped", "mask"], ["vectors"]),
        helper.make_node("Abs", ["firsts"], ["places"]),
        helper.make_node(*(("GatherElements", ["vectors", "places"]) if gathers
                           else ("Add", ["vectors", "places"])), ["words"]),
        helper.make_node("Mul", ["words", "words"], ["tags"]),
    ]  # fmt: skip
    tags = helper.make_tensor_value_info("tags", TensorProto.INT64, ["batch", "pieces"])
    made = helper.make_graph(nodes, "reader", integers, [tags])
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(made, opset_imports=opset, ir_version=8), str(path))
    return path


def window() -> dict[str, numpy.ndarray[tuple[int, int], numpy.dtype[numpy.int64]]]:
    names = ("pieces", "cases", "mask", "firsts", "style")
    return {name: numpy.array([[1, 2, 0]], dtype=numpy.int64) for name in names}


def test_the_cut_graph_ends_at_the_vectors_of_pieces(tmp_path: Path) -> None:
    bare = encoder.cut(graph(tmp_path / "reader.onnx", gathers=True), threads=1)
    assert [output.name for output in bare.session.get_outputs()] == ["vectors"]
    given = {name: window()[name] for name in bare.inputs}
    assert bare.session.run(None, given)[0].tolist() == [[2, 8, 0]]


def test_windows_run_with_the_inputs_of_the_encoder_alone(tmp_path: Path) -> None:
    bare = encoder.cut(graph(tmp_path / "reader.onnx", gathers=True), threads=1)
    bare.run([window(), window()])
    assert set(bare.inputs) < set(window())
    assert encoder.pieces([window(), window()]) == 6


def test_a_graph_of_another_make_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="where does its encoder end"):
        encoder.cut(graph(tmp_path / "reader.onnx", gathers=False), threads=1)

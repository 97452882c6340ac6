"""What goes into the wheel: all of the package, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ROOT

SOURCE = ROOT / "src"
CACHES = {"__pycache__"}
WEIGHTS = ("reader.onnx", "labels.json", "tables.npz", "vocab.txt", "README.md")


@pytest.fixture(scope="module")
def packed() -> set[str]:
    """The paths in the wheel, as hatchling chooses them."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    builder = wheel.WheelBuilder(str(ROOT))
    files = builder.recurse_included_files()
    return {Path(file.distribution_path).as_posix() for file in files}


def test_every_file_of_the_package_is_in_it(packed: set[str]) -> None:
    """Templates, scripts, styles and fonts of the server, floors, `py.typed`, and so on."""
    there = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "onrecord").rglob("*")
        if path.is_file() and not CACHES & set(path.parts)
    }
    assert not there - packed


def test_the_weights_and_their_card_are_in_it(packed: set[str]) -> None:
    assert {f"onrecord/model/{name}" for name in WEIGHTS} <= packed


def test_pages_have_what_they_are_made_of(packed: set[str]) -> None:
    assert "onrecord/serve/templates/base.html" in packed
    assert any(name.startswith("onrecord/serve/static/vendor/") for name in packed)
    assert any(name.endswith(".woff2") for name in packed)


def test_nothing_else_is_in_it(packed: set[str]) -> None:
    assert {name.split("/")[0] for name in packed} == {"onrecord"}
    assert not [name for name in packed if name.endswith((".pyc", ".db", ".part", ".map"))]

"""What fuzzing starts from and has found is borne, and so is what differs from it by little."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import seeding
from onrecord.reading.network import model_folder

SEEDS = sorted(path for path in seeding.SEEDS.rglob("*") if path.is_file())
READS = {"text"}
"""Targets that need the model."""
HAS_MODEL = (model_folder() / "reader.onnx").is_file()


def name(path: Path) -> str:
    return path.relative_to(seeding.SEEDS).as_posix()


def attempt(target: str, data: bytes) -> None:
    if target in READS and not HAS_MODEL:
        pytest.skip("NOT TESTED: there is no model")
    TARGETS[target](data)


@pytest.mark.parametrize("path", SEEDS, ids=name)
def test_every_seed_is_borne(path: Path) -> None:
    attempt(path.parent.name, path.read_bytes())


def test_every_target_has_its_seeds_as_they_are_made(tmp_path: Path) -> None:
    assert {path.parent.name for path in SEEDS} == set(TARGETS)
    seeding.write(seeding.seeds(), tmp_path)
    for made in tmp_path.rglob("*"):
        if made.is_file():
            assert (seeding.SEEDS / made.relative_to(tmp_path)).read_bytes() == made.read_bytes()


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A seed with pieces cut out, put in, and doubled."""
    path = draw(st.sampled_from(SEEDS))
    data = path.read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        a = draw(st.integers(0, len(data)))
        b = draw(st.integers(a, min(len(data), a + 60)))
        data = data[:a] + draw(st.binary(max_size=12)) + data[a:b] * draw(st.integers(0, 2))
        data += path.read_bytes()[b:]
    return path.parent.name, data[:6000]


@given(case=damaged())
@settings(max_examples=60)
def test_damaged_seeds_are_borne(case: tuple[str, bytes]) -> None:
    attempt(*case)


def test_a_target_tells_what_is_not_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.targets.decoding.decode", lambda *a, **k: ("half \ud800", ()))
    with pytest.raises(UnicodeEncodeError):
        TARGETS["encodings"](b"x")

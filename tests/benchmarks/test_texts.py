"""The texts that the benchmarks read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import texts


def test_examples_are_repeated_until_there_are_enough_words() -> None:
    some = texts.of_examples(words=3000)
    assert texts.count(some[:-1]) < 3000 <= texts.count(some)


def test_no_two_repetitions_are_the_same_and_the_seed_fixes_them() -> None:
    some = texts.of_examples(words=3000)
    assert len(set(some)) == len(some)
    assert texts.of_examples(words=3000) == some
    assert texts.of_examples(words=3000, seed=2) != some


def test_reports_are_taken_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"text": f"Tel fell {n}"}) + "\n" for n in range(5)))
    assert texts.of_reports(path, words=4) == ["Tel fell 0", "Tel fell 1"]


def test_without_examples_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "EXAMPLES", tmp_path)
    with pytest.raises(FileNotFoundError, match="--texts"):
        texts.of_examples(words=10)

import json
from pathlib import Path
from typing import Any

import pytest
from training.notes import LAYERS, packed, texts_of, unpacked


def test_a_note_and_the_text_give_the_record_back(data: dict[str, Any]) -> None:
    text = data["report"]["text"]
    note = packed(data, "r-1")
    whole = unpacked(note, text)
    assert {layer: whole[layer] for layer in LAYERS} == {layer: data[layer] for layer in LAYERS}


def test_a_note_holds_none_of_the_reports_longer_words(data: dict[str, Any]) -> None:
    kept = json.dumps(packed(data, "r-1"))
    content = data["statements"][0]["content"][0]["text"]
    assert content not in kept
    assert data["actors"][0]["name"] not in kept


def test_another_text_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="r-1"):
        unpacked(packed(data, "r-1"), data["report"]["text"] + " ")


def test_a_title_stands_before_its_story(tmp_path: Path) -> None:
    stories = [{"id": "a", "title": "Truce", "text": "It held."}, {"id": "b", "text": "It broke."}]
    (tmp_path / "s.jsonl").write_text("\n".join(map(json.dumps, stories)), "utf-8")
    assert texts_of(tmp_path) == {"a": "Truce\n\nIt held.", "b": "It broke."}

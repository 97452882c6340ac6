"""Every field of a record, and every word that one may hold, is documented."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from tests.conftest import ROOT, TRUCE
from tests.docs import pages

from onrecord import record, vocabulary
from onrecord.intake import load
from onrecord.serve.settings import Settings

LAYERS: dict[str, Any] = {
    "report": record.Report,
    "actors": record.Actor,
    "statements": record.Statement,
    "events": record.Event,
    "proposals": record.Proposal,
    "positions": record.Position,
    "figures": record.Figure,
    "headline": record.HeadlineClaim,
}
EVERYWHERE = {"id", "origin", "confidence"}
"""Told once, for all layers."""
WORDS = {
    name: words
    for name, words in vars(vocabulary).items()
    if name.isupper() and isinstance(words, tuple)
}
PARTS = {
    "KINDS": "Actors",
    "MODES": "Statements",
    "ACTS": "Statements",
    "AUTHORITIES": "Statements",
    "EVENT_TYPES": "Events",
    "STATUSES": "Events",
    "TOPICS": "Proposals",
    "STANCES": "Positions",
    "BOUNDS": "Figures",
    "COUNTED": "Figures",
    "SUPPORTS": "Headline",
}
"""Where the guide tells of which words."""


@pytest.mark.parametrize("layer", LAYERS)
def test_every_field_of_a_layer_is_told_in_its_section(layer: str) -> None:
    told = pages.section("record.md", layer)
    for one in fields(LAYERS[layer]):
        assert one.name in EVERYWHERE or f"`{one.name}`" in told, f"{layer}: {one.name}"


def test_the_fields_that_every_entry_has_are_told() -> None:
    head = pages.text("record.md").partition("\n## ")[0]
    assert "`origin`" in head
    assert "`confidence`" in head
    assert "`{id, what, topic, giver}`" in pages.section("record.md", "proposals")
    assert {one.name for one in fields(record.Term)} - EVERYWHERE == {"what", "topic", "giver"}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_in_the_record_s_page_and_explained_in_the_guide(name: str) -> None:
    whole, part = pages.text("record.md"), pages.section("annotators.md", PARTS[name])
    for word in WORDS[name]:
        assert f"`{word}`" in whole, f"record.md lacks {word}"
        assert f"`{word}`" in part, f"annotators.md lacks {word} under {PARTS[name]}"


def test_every_bound_of_the_server_is_told_with_its_default() -> None:
    rows = pages.rows(pages.section("settings.md", "The server's bounds"))
    for one in fields(Settings):
        value = getattr(Settings(), one.name)
        shown = {f"`{value}`", _size(value), _hours(value), "none" if not value else ""}
        cell = rows[one.name].split(" | ")[1]
        assert cell in shown, f"{one.name} is {value!r}, not {cell}"


def _size(value: object) -> str:
    return f"{value // 2**20} MB" if isinstance(value, int) and value >= 2**20 else ""


def _hours(value: object) -> str:
    return f"{value // 3600} hours" if isinstance(value, int) and value >= 3600 else ""


def test_the_example_records_are_whole_and_of_the_example_reports() -> None:
    lines = (ROOT / "examples" / "records.jsonl").read_text("utf-8").splitlines()
    truce, convoy, accord = map(record.Record.from_json, lines)
    assert truce.to_dict() == record.Record.from_json(TRUCE.read_bytes()).to_dict()
    assert convoy.text == load(str(ROOT / "examples" / "convoy.html")).text
    assert accord.text == load(str(ROOT / "examples" / "accord.txt")).text

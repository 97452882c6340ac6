"""The suite of links, on streams and notes in an invented conflict."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import EvaluationError
from onrecord.evaluation import links
from onrecord.evaluation.copies import copied, curled
from onrecord.evaluation.noted import Noted
from onrecord.record import Record

TEXTS = {
    "r1": "Ilena Marrow spoke. Velmar shelled Brenna on May 3, killing 31 people.",
    "r2": "Marrow left. On May 3 Velmar shelled Brenna, where 31 people died.",
    "r3": "Piet Marrow wept. Kaldia shelled Lowen abbey on May 9.",
}
PEOPLE = {"r1": "Ilena Marrow", "r2": "Marrow", "r3": "Piet Marrow"}


LAYERS = ("actors", "statements", "events", "proposals", "positions", "figures", "headline")


class Handmade:
    """A reader that finds the person named first, and every "shelled"."""

    def read(self, text: str, *, id: str | None = None, **known: Any) -> Record:
        name = PEOPLE[id or ""]
        at = text.index("shelled")
        empty: dict[str, Any] = {"of": None, "role": None, "aliases": []}
        actor = {"id": "a1", "name": name, "kind": "person", **empty}
        event: dict[str, Any] = {
            "id": "e1",
            "type": "ASSAULT",
            "trigger": {"start": at, "end": at + 7, "text": "shelled"},
            "actors": [],
            "recipients": [],
            "where": None,
            "when": None,
            "voice": "author",
            "status": "actual",
        }
        layers: dict[str, Any] = {layer: [] for layer in LAYERS}
        return Record.from_dict(
            {
                "report": {"id": id, "text": text, **known},
                **layers,
                "actors": [actor],
                "events": [event],
            }
        )

    def analyse(self, text: str, **_: Any) -> Any:
        raise NotImplementedError

    def plover(self, *_: Any) -> str:
        raise NotImplementedError


def note(id: str, person: str, claim: str | None) -> dict[str, Any]:
    text = TEXTS[id]
    at, where = text.index(PEOPLE[id]), text.index("shelled")
    return {
        "id": id,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "actors": [[at, at + len(PEOPLE[id]), person]],
        "claims": [[where, where + 7, claim]] if claim else [],
    }


def folder(path: Path, notes: list[dict[str, Any]]) -> Path:
    stories = [
        {"id": id, "text": text, "title": "", "published": f"2025-05-1{n}", "publisher": "Wire"}
        for n, (id, text) in enumerate(TEXTS.items())
    ]
    (path / "stream.jsonl").write_text("\n".join(map(json.dumps, stories)), "utf-8")
    (path / "links.jsonl").write_text("\n".join(map(json.dumps, notes)), "utf-8")
    return path


def figures(path: Path, notes: list[dict[str, Any]]) -> dict[str, float]:
    return links.measure(Handmade(), folder(path, notes)).figures()


def test_right_links_are_right(tmp_path: Path) -> None:
    notes = [
        note("r1", "ilena", "event.brenna"),
        note("r2", "ilena", "event.brenna"),
        note("r3", "piet", None),
    ]
    found = figures(tmp_path, notes)
    assert (found["same actor"], found["same claim"]) == (1.0, 1.0)


def test_a_link_that_the_notes_lack_is_wrong(tmp_path: Path) -> None:
    notes = [note("r1", "ilena", "event.one"), note("r2", "another marrow", "event.other")]
    found = figures(tmp_path, notes)
    assert (found["same actor"], found["same claim"]) == (0.0, 0.0)


def test_an_entry_that_nobody_noted_makes_a_wrong_pair(tmp_path: Path) -> None:
    notes = [note("r1", "ilena", "event.brenna"), note("r2", "ilena", None)]
    result = links.measure(Handmade(), folder(tmp_path, notes))
    tally = {m.name: m.tally for m in result.measures}["same claim"]
    assert tally is not None
    assert (tally.right, tally.gold, tally.predicted) == (0, 0, 1)


def test_what_the_reader_misses_counts_in_one_figure_only(tmp_path: Path) -> None:
    notes = [note("r1", "ilena", None), note("r2", "ilena", None)]
    for one in notes:  # the towns, which the reader has as no actors
        at = TEXTS[one["id"]].index("Brenna")
        one["actors"].append([at, at + 6, "brenna"])
    found = figures(tmp_path, notes)
    assert found["same actor of those read"] == 1.0
    assert found["same actor"] == pytest.approx(2 / 3, abs=1e-3)


def test_a_text_that_is_another_one_is_told(tmp_path: Path) -> None:
    changed = {**note("r1", "ilena", None), "digest": "0" * 64}
    with pytest.raises(EvaluationError, match="r1: its story is missing, or not the one"):
        figures(tmp_path, [changed])


def test_a_folder_without_streams_or_notes_is_told(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EvaluationError, match="wanted a folder of streams"):
        links.measure(Handmade(), tmp_path)
    (tmp_path / "stream.jsonl").write_text("{}", "utf-8")
    with pytest.raises(EvaluationError, match="no notes"):
        links.measure(Handmade(), tmp_path)


def test_a_copy_loses_paragraphs_and_gains_one() -> None:
    paragraphs = [f'"Paragraph {n} isn\'t like any other," said speaker {n}.' for n in range(20)]
    made = copied("\n\n".join(["A headline", *paragraphs]), seed="x")
    kept = sum(curled(one) in made for one in paragraphs)
    assert 12 <= kept <= 18
    assert "A headline" not in made
    assert '"' not in made
    assert made == copied("\n\n".join(["A headline", *paragraphs]), seed="x")


@pytest.mark.parametrize(
    ("name", "kind", "of", "noted"),
    [
        ("Ilena Marrow", "person", "Egypt", "Egyptian"),
        ("the armed movement Brenna Dawn", "group", None, "Brenna Dawn"),
        ("Envoy Ilena Marrow", "person", None, "Ilena Marrow"),
    ],
)
def test_who_is_called_so_in_part_or_is_an_owner_is_found(
    name: str, kind: str, of: str | None, noted: str
) -> None:
    text = f"The Egyptian envoy, {name}, spoke."
    at = text.index(noted)
    actor: dict[str, Any] = {
        "id": "a1",
        "name": name,
        "kind": kind,
        "of": of,
        "role": None,
        "aliases": [],
    }
    record = Record.from_dict(
        {
            "report": {"id": "r", "text": text},
            **{layer: [] for layer in LAYERS},
            "actors": [actor],
        }
    )
    found, _, _ = links.same_actors([Noted(record, [(at, at + len(noted), "key")], [])])
    assert isinstance(found["r", "key"], str)

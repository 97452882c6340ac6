from typing import Any

from training.corpora import marked_document
from training.documents import windows
from training.gold_records import document_of
from training.labels import FLAT, RELATIONS, fixed_labels


def test_a_records_layers_lie_on_the_words(data: dict[str, Any]) -> None:
    document = document_of(data, fixed_labels())
    assert document.anchored is not None
    assert len(document.anchored) == len(data["statements"])
    begins = int((document.labels["trigger"] == 1).sum())
    assert 0 < begins <= len(data["events"])
    cues = {FLAT.index("B-cue")} & set(document.labels["flat"].tolist())
    assert cues


def test_relations_lead_to_first_words_of_mentions(data: dict[str, Any]) -> None:
    document = document_of(data, fixed_labels())
    assert document.relations is not None
    mentions = set(document.mentions)
    assert any(r.actors for r in document.relations if r.kind == RELATIONS.index("actor"))
    assert all(set(actor) <= mentions for r in document.relations for actor in r.actors)


def test_windows_keep_every_anchor_once(data: dict[str, Any]) -> None:
    document = document_of(data, fixed_labels())
    parts = windows(document, [1] * len(document.forms), 60, 120)
    assert sum(len(p.forms) for p in parts) == len(document.forms)
    assert document.anchored is not None
    assert sum(len(p.anchored or []) for p in parts) == len(document.anchored)


def test_the_first_mention_of_source_and_target_is_marked() -> None:
    document = marked_document("<s>Kaldia</s> met <t>Velmar</t>; <t>Velmar</t> left.")
    assert document.marks == [2, 0, 3, 0, 0, 0, 0]

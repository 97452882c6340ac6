"""The spaCy pipeline around the shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc
from textacy.extract.triples import subject_verb_object_triples

import onrecord
from onrecord.reading.network import model_folder

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not model_folder().is_dir(), reason=f"no model in {model_folder()}"),
]

REPORT = (Path(__file__).parents[1] / "examples" / "truce.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return onrecord.load()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(REPORT)


def test_the_record_is_that_of_the_library(doc: Doc) -> None:
    assert doc._.record == onrecord.read(REPORT)
    assert doc._.record.statements


def test_every_word_has_a_tag_and_a_head_in_its_sentence(doc: Doc) -> None:
    assert doc.text == REPORT
    assert all(token.tag_ and token.pos_ and token.dep_ and token.lemma_ for token in doc)
    assert all(token.head in token.sent for token in doc)
    assert sum(1 for _ in doc.sents) > 5


def test_chunks_and_triples_are_found(doc: Doc) -> None:
    chunks = [chunk.text for chunk in doc.noun_chunks]
    assert sum(len(chunk.split()) > 1 for chunk in chunks) > 10
    triples = list(subject_verb_object_triples(doc))
    assert triples
    assert all(verb[0].pos_ in ("VERB", "AUX") for _, verb, _ in triples)


def test_displacy_draws_it(doc: Doc) -> None:
    first = next(doc.sents)
    assert "<svg" in displacy.render(first, style="dep", jupyter=False)
    assert 'class="entities"' in displacy.render(doc, style="ent", jupyter=False)

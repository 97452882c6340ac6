"""The spaCy pipeline that the reader is measured against."""

from __future__ import annotations

import pytest
from spacy.language import Language

from benchmarks import spacy_sm


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy_sm.build()


def test_it_has_the_components_of_the_small_english_pipeline(nlp: Language) -> None:
    wanted = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    present = [name for name in wanted if name != "lemmatizer" or spacy_sm.has_tables()]
    assert nlp.pipe_names == present


def test_it_does_their_work(nlp: Language) -> None:
    doc = nlp("The envoy of Tel warned Orr on Monday. Plans were rejected by Marra in Port Sahl.")
    assert all(token.tag_ in spacy_sm.TAGS and token.pos_ for token in doc)
    assert len({token.dep_ for token in doc}) > 2
    assert doc.has_annotation("ENT_IOB")


def test_tagger_and_parser_share_their_vectors_and_ner_has_its_own(nlp: Language) -> None:
    sizes = {name: _parameters(nlp, name) for name in ("tok2vec", "parser", "ner")}
    assert sizes["ner"] > sizes["parser"]
    assert sizes["tok2vec"] > 900_000


def _parameters(nlp: Language, name: str) -> int:
    model = nlp.get_pipe(name).model  # type: ignore[attr-defined]
    return sum(node.get_param(p).size for node in model.walk() for p in node.param_names)

"""onrecord as a spaCy pipeline."""

from __future__ import annotations

import pickle

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc
from textacy.extract.triples import subject_verb_object_triples

from onrecord import pipeline
from onrecord.intake.language import marked
from onrecord.reading import Analysis, Reader, assembly
from onrecord.reading.reader import identity
from onrecord.reading.tokens import words_of
from onrecord.record import Record, Report

TEXT = "The envoy of Tel warned Orr.\n\nPlans were rejected by Marra."
ROWS = """\
The DET DT det 2
envoy NOUN NN nsubj 5
of ADP IN case 4
Tel PROPN NNP nmod 2
warned VERB VBD root 0
Orr PROPN NNP obj 5
. PUNCT . punct 5
Plans NOUN NNS nsubj:pass 10
were AUX VBD aux:pass 10
rejected VERB VBN root 0
by ADP IN case 12
Marra PROPN NNP obl:agent 10
. PUNCT . punct 10
"""


class HandReader:
    """Knows the trees of TEXT; finds nothing in other texts but words that hang on the first."""

    def analyse(self, text: str) -> Analysis:
        words = words_of(text)
        made = Analysis(text, words, [n == 0 for n in range(len(words))])
        rows = [row.split() for row in ROWS.splitlines()] if text == TEXT else []
        rows = rows or [["", "X", "FW", "dep", "1"] for _ in words]
        made.sentence_starts = [n in (0, 7) if text == TEXT else n == 0 for n in range(len(words))]
        made.upos, made.xpos = [row[1] for row in rows], [row[2] for row in rows]
        made.deprels, made.heads = [row[3] for row in rows], [int(row[4]) - 1 for row in rows]
        made.feats = ["Number=Sing" if row[2] in ("NN", "NNP") else "_" for row in rows]
        made.entities = [(3, 4, "LOC"), (5, 6, "LOC"), (11, 12, "PER")] if text == TEXT else []
        return made


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch) -> Language:
    monkeypatch.setattr(Reader, "load", lambda threads: HandReader())
    monkeypatch.setattr(assembly, "record_of", lambda analysis, report: Record(report=report))
    return pipeline.load()


@pytest.fixture
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_a_doc_holds_its_text_and_its_record(doc: Doc) -> None:
    assert doc.text == TEXT
    report = Report(id=identity(TEXT), text=TEXT)
    assert doc._.record == marked(Record(report=report))


def test_tokens_have_the_usual_attributes(doc: Doc) -> None:
    envoy = doc[1]
    assert (envoy.text, envoy.tag_, envoy.pos_, envoy.lemma_) == ("envoy", "NN", "NOUN", "envoy")
    assert (envoy.dep_, envoy.head.text, str(envoy.morph)) == ("nsubj", "warned", "Number=Sing")


def test_white_space_is_a_token_in_the_sentence_before_it(doc: Doc) -> None:
    space = doc[7]
    assert (space.text, space.tag_, space.pos_) == ("\n\n", "_SP", "SPACE")
    assert space.head.text == "."
    assert [sentence.text for sentence in doc.sents] == [
        "The envoy of Tel warned Orr.\n\n", "Plans were rejected by Marra.",
    ]  # fmt: skip


def test_sentences_start_where_the_reader_says(doc: Doc) -> None:
    assert [token.text for token in doc if token.is_sent_start] == ["The", "Plans"]


def test_entities_are_spans(doc: Doc) -> None:
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("Tel", "LOC"), ("Orr", "LOC"), ("Marra", "PER"),
    ]  # fmt: skip
    assert (doc[3].ent_iob_, doc[4].ent_iob_, doc[3].ent_type_) == ("B", "O", "LOC")


def test_the_universal_dependencies_stay_at_hand(doc: Doc) -> None:
    tel = doc[3]
    assert (tel.dep_, tel.head.text) == ("pobj", "of")
    assert (tel._.ud_dep, tel._.ud_head.text) == ("nmod", "envoy")
    assert doc[4]._.ud_head is not None
    assert doc[4]._.ud_head.i == 4


def test_noun_chunks_are_spacys(doc: Doc) -> None:
    chunks = [chunk.text for chunk in doc.noun_chunks]
    assert chunks == ["The envoy", "Tel", "Orr", "Plans", "Marra"]


def test_textacy_finds_subjects_verbs_and_objects(doc: Doc) -> None:
    triples = [
        tuple(" ".join(token.text for token in part) for part in triple)
        for triple in subject_verb_object_triples(doc)
    ]
    assert triples == [("envoy", "warned", "Orr"), ("Plans", "were rejected", "Marra")]


def test_the_matcher_matches(doc: Doc) -> None:
    matcher = Matcher(doc.vocab)
    matcher.add("warned", [[{"POS": "VERB", "TAG": "VBD"}, {"ENT_TYPE": "LOC"}]])
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["warned Orr"]


def test_the_dependency_matcher_matches(doc: Doc) -> None:
    matcher = DependencyMatcher(doc.vocab)
    verb: dict[str, object] = {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"POS": "VERB"}}
    subject: dict[str, object] = {
        "LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "subject",
        "RIGHT_ATTRS": {"DEP": {"IN": ["nsubj", "nsubjpass"]}},
    }  # fmt: skip
    matcher.add("does", [[verb, subject]])
    found = sorted([doc[place].text for place in places] for _, places in matcher(doc))
    assert found == [["rejected", "Plans"], ["warned", "envoy"]]


def test_displacy_draws_trees_and_entities(doc: Doc) -> None:
    assert "nsubjpass" in displacy.render(doc, style="dep", jupyter=False)
    assert "Marra" in displacy.render(doc, style="ent", jupyter=False)


def test_a_stream_is_read_in_order(nlp: Language) -> None:
    texts = [f"Report {n}." for n in range(5)]
    docs = list(nlp.pipe((text for text in texts), batch_size=2))
    assert [doc._.record.text for doc in docs] == texts


def test_docs_can_be_stored_and_restored(nlp: Language, doc: Doc) -> None:
    restored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert restored._.record == doc._.record
    assert [token._.ud_dep for token in restored] == [token._.ud_dep for token in doc]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " Tel", "Tel \n", "a  b", "\t\u200b\xa0!"])
def test_nothing_of_a_text_is_lost(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert doc._.record.text == text


def test_halves_of_characters_are_replaced(nlp: Language) -> None:
    assert nlp("Tel \ud800 fell").text == "Tel \ufffd fell"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_tokens_make_up_the_text(text: str) -> None:
    tokens, spaces = pipeline.tokens_of(text, words_of(text))
    assert "".join(t + " " * s for t, s in zip(tokens, spaces, strict=True)) == text


def test_a_doc_that_was_not_read_has_no_record() -> None:
    doc = spacy.blank("en")("Tel fell")
    assert doc._.record is None
    assert (doc[0]._.ud_dep, doc[0]._.ud_head.i) == ("", 0)


def test_another_tokenizer_is_refused(nlp: Language) -> None:
    nlp.tokenizer = spacy.blank("en").tokenizer
    with pytest.raises(ValueError, match="keep onrecord's tokenizer"):
        nlp("Tel's pre-war port")


def test_the_model_is_not_pickled_with_the_component(nlp: Language) -> None:
    component = pipeline.annotator(nlp)
    assert component.reader is not None
    assert pickle.loads(pickle.dumps(component)).reader is None

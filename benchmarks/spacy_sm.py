"""A spaCy pipeline of the architecture of `en_core_web_sm`, with random weights.

spaCy's English models can't be had as ordinary packages everywhere, and speed doesn't need their
weights: random ones take the same time. Architectures, widths and label sets' sizes are those of
spaCy's standard efficiency configuration (`spacy init config --lang en --pipeline
tagger,parser,ner --optimize efficiency`) and of en_core_web_sm 3.x: one tok2vec for tagger and
parser, another of its own for ner, then attribute ruler and lemmatizer. Weights that start at zero
are drawn at random too, so that the parser doesn't take the same step at every word.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy
import spacy
from spacy.language import Language
from thinc.util import fix_random_seed

# fmt: off
_TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS "
    "PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
)
_DEPS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
    "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
    "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
)
_ENTITIES = (
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT "
    "QUANTITY TIME WORK_OF_ART"
)
# fmt: on
TAGS, DEPS, ENTITIES = _TAGS.split(), _DEPS.split(), _ENTITIES.split()
WIDTH, DEPTH = 96, 4
_SHARED = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500, "SPACY": 50, "IS_SPACE": 50}
_OF_NER = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}


def build(*, seed: int = 0) -> Language:
    """The pipeline, ready to run. The lemmatizer is left out where its tables aren't installed."""
    fix_random_seed(seed)
    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(_SHARED)})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _transitions("parser", listener)})
    nlp.add_pipe("attribute_ruler")
    if has_tables():
        nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(_OF_NER))})
    _add_labels(nlp)
    nlp.initialize()
    _map_tags(nlp)
    _randomise(nlp, seed)
    return nlp


def has_tables() -> bool:
    """Whether the lemmatizer's tables (spacy-lookups-data) are installed."""
    return find_spec("spacy_lookups_data") is not None


def _tok2vec(rows: dict[str, int]) -> dict[str, Any]:
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": list(rows),
        "rows": list(rows.values()),
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def _add_labels(nlp: Language) -> None:
    for name, labels in (("tagger", TAGS), ("parser", DEPS), ("ner", ENTITIES)):
        component: Any = nlp.get_pipe(name)
        for label in labels:
            component.add_label(label)


def _map_tags(nlp: Language) -> None:
    """Give the ruler its parts of speech; initialising it would empty it again."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    for tag in TAGS:
        ruler.add([[{"TAG": tag}]], {"POS": _part_of_speech(tag)})


def _part_of_speech(tag: str) -> str:
    starts = {"NNP": "PROPN", "NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV", "PRP": "PRON"}
    return next((pos for start, pos in starts.items() if tag.startswith(start)), "X")


def _randomise(nlp: Language, seed: int) -> None:
    """Draw the weights that start at zero, as output layers do."""
    rng = numpy.random.default_rng(seed)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model else ():
            for name in node.param_names:
                if node.has_param(name) is True and not node.get_param(name).any():
                    shape = node.get_param(name).shape
                    node.set_param(name, rng.normal(0, 0.1, shape).astype("float32"))

"""The label sets the heads predict, in the order of their logits; written into the model's
``labels.json`` so that the reader finds them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from onrecord import vocabulary as v

FLAT = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ANCHOR = ["O", "B-cue", "I-cue", "null"]
ROLES = ["B-source", "I-source", "B-content", "I-content"]
BIO = ["O", "B", "I"]
ENTITIES = ["PER", "ORG", "LOC", "MISC"]
RELATIONS = ["speaker", "actor", "recipient", "holder", "giver", "proposer", "same"]
STYLES = ["report", "polnear"]
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()


def fixed_labels() -> dict[str, list[str]]:
    """Every label set that no corpus has to be read for."""
    kinds = list(get_args(v.Kind))
    return {
        "sentence": ["inside", "start"],
        "upos": UPOS,
        "ner": ["O", *(f"{p}-{e}" for e in ENTITIES for p in "BI")],
        "flat": FLAT,
        "anchor": ANCHOR,
        "act": list(get_args(v.Act)),
        "authority": list(get_args(v.Authority)),
        "trigger": BIO,
        "event": list(get_args(v.EventType)),
        "status": list(get_args(v.Status)),
        "term": BIO,
        "position": BIO,
        "topic": list(get_args(v.Topic)),
        "stance": list(get_args(v.Stance)),
        "figure": BIO,
        "counted": list(get_args(v.Counted)),
        "mention": ["O", "I", *(f"B-{k}" for k in kinds)],
        "roles": ROLES,
        "relations": RELATIONS,
        "styles": STYLES,
    }


def frequent(values: Iterable[str], *, least: int) -> list[str]:
    """The values seen at least ``least`` times, most frequent first."""
    return [value for value, n in Counter(values).most_common() if n >= least]

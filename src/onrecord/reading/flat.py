"""Flat attribution: one layer of spans that don't overlap, as PolNeAR's systems are measured.

Three heads are heard together: the tags of the flat head, the anchors (cues), and the links from
each anchor to the words of its source and content.
"""

from __future__ import annotations

import numpy as np

from onrecord.reading.analysis import Analysis
from onrecord.reading.attributions import RoleTables, anchors_of, role_window
from onrecord.reading.decoding import Floats, best_labels, log_softmax, softmax, spans_of

WEIGHTS = {"cue": 0.5, "source": 0.3, "content": 0.6}
"""How much the other heads count beside the flat head's log probabilities; chosen on PolNeAR's dev
part, where content rises from .664 to .678 and source from .802 to .804."""
_FLOOR = 0.01


def flat_attribution(analysis: Analysis, tables: RoleTables) -> list[tuple[int, int, str]]:
    """Non-overlapping word spans labelled source, cue or content."""
    labels = analysis.labels["flat"]
    scores = log_softmax(analysis.logits["flat"])
    for role, (begins, goes_on) in _chances(analysis, tables).items():
        outside = np.log(np.clip(1 - begins - goes_on, _FLOOR, 1))
        heard = np.repeat(outside[:, None], len(labels), 1)
        heard[:, labels.index(f"B-{role}")] = np.log(np.clip(begins, _FLOOR, 1))
        heard[:, labels.index(f"I-{role}")] = np.log(np.clip(goes_on, _FLOOR, 1))
        scores = (scores + WEIGHTS[role] * heard).astype(np.float32)
    return spans_of(best_labels(scores, labels), labels)


def _chances(analysis: Analysis, tables: RoleTables) -> dict[str, tuple[Floats, Floats]]:
    """Each word's probability to begin, and to go on with, a span of each role, from whichever
    anchor is surest of it."""
    anchor, names = softmax(analysis.logits["anchor"]), analysis.labels["anchor"]
    roles = analysis.labels["roles"]
    best = np.zeros((len(analysis.words), len(roles)), dtype=np.float32)
    for cue, _ in anchors_of(analysis):
        (a, b), scores = role_window(cue[0], tables)
        outside = np.zeros_like(scores[:, :1])
        chances = softmax(np.concatenate([outside, scores], 1))[:, 1:]
        best[a:b] = np.maximum(best[a:b], chances)
    return {
        "cue": (anchor[:, names.index("B-cue")], anchor[:, names.index("I-cue")]),
        "source": (best[:, roles.index("B-source")], best[:, roles.index("I-source")]),
        "content": (best[:, roles.index("B-content")], best[:, roles.index("I-content")]),
    }

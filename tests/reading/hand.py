"""Analyses made by hand, for tests of the layers without the model."""

from __future__ import annotations

import numpy as np

from onrecord.reading.analysis import Analysis, Attribution, Mention
from onrecord.reading.paths import PATHS, Tree
from onrecord.reading.tokens import words_of
from onrecord.reading.windows import paragraph_starts
from onrecord.vocabulary import ACTS, AUTHORITIES, EVENT_TYPES, STATUSES, TOPICS, Kind

Labels = dict[str, list[str]]
LABELS: Labels = {
    "act": list(ACTS),
    "authority": list(AUTHORITIES),
    "event": list(EVENT_TYPES),
    "status": list(STATUSES),
    "trigger": ["O", "B", "I"],
    "term": ["O", "B", "I"],
    "topic": list(TOPICS),
    "relations": ["speaker", "same", "actor", "recipient", "giver", "proposer"],
}


def analysis(text: str) -> Analysis:
    """The words of a text, each paragraph one sentence, with indifferent scores."""
    words = words_of(text)
    starts = paragraph_starts(text, words)
    made = Analysis(text, words, starts, sentence_starts=list(starts), labels=LABELS)
    count = len(words)
    made.logits = {name: np.zeros((count, len(LABELS[name])), np.float32) for name in LABELS}
    kinds = len(LABELS["relations"])
    made.left = np.zeros((count, kinds, 48), np.float32)
    made.right = np.zeros((count, kinds, 48), np.float32)
    made.relation_bias = np.full((kinds, 17), -5.0, np.float32)
    made.relation_path = np.zeros((kinds, PATHS), np.float32)
    made.tree = Tree([-1] * count, ["root"] * count)
    return made


def relate(made: Analysis, relation: str, one: str, other: str, score: float) -> None:
    """Raise how well the first word of ``one`` goes with that of ``other``."""
    assert made.left is not None
    assert made.right is not None
    kind = LABELS["relations"].index(relation)
    free = int(np.flatnonzero(~made.right[:, kind].any(0))[0])
    made.left[word(made, one)[0], kind, free] = score * 48**0.5
    made.right[word(made, other)[0], kind, free] = 1.0


def mark(made: Analysis, head: str, words: str) -> int:
    """Mark a span of a head, and nothing else; returns its first word."""
    a, b = word(made, words)
    made.logits[head][:] = (9, 0, 0)
    made.logits[head][a] = (0, 9, 0)
    made.logits[head][a + 1 : b] = (0, 0, 9)
    return a


def event(made: Analysis, trigger: str, type: str) -> None:
    """Mark an event's trigger."""
    a = mark(made, "trigger", trigger)
    made.logits["event"][a, LABELS["event"].index(type)] = 9


def word(made: Analysis, words: str, occurrence: int = 1) -> tuple[int, int]:
    """The word range of an occurrence of ``words``."""
    at = -1
    for _ in range(occurrence):
        at = made.text.index(words, at + 1)
    inside = [k for k, (a, b) in enumerate(made.words) if a < at + len(words) and b > at]
    return inside[0], inside[-1] + 1


def attribute(
    made: Analysis, *, cue: str | None, source: str | None, content: str, act: str = "assert",
    authority: str = "named",
) -> None:  # fmt: skip
    """Add an attribution by the words of its parts."""
    where = word(made, content)
    anchor = word(made, cue)[0] if cue else where[0]
    made.logits["act"][anchor, LABELS["act"].index(act)] = 9
    made.logits["authority"][anchor, LABELS["authority"].index(authority)] = 9
    made.attributions.append(
        Attribution(
            anchor,
            [word(made, cue)] if cue else [],
            [word(made, source)] if source else [],
            [where],
            0.9,
        )
    )


def mention(made: Analysis, name: str, kind: Kind, occurrence: int = 1) -> None:
    """Add a mention of an actor."""
    made.mentions.append(Mention(*word(made, name, occurrence), kind, 0.9))
    made.mentions.sort(key=lambda m: m.start)

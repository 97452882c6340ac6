"""Copies of reports as outlets make them of a wire story, to measure the search for copies on."""

from __future__ import annotations

import random
import re

HEADLINES = (
    "What we know so far",
    "Talks, threats and tolls: the day in brief",
    "Both sides dig in as mediators return",
    "Another day of claims and denials",
)
AGENCIES = ("(Reuters) - ", "(AFP) - ", "(AP) — ", "With agency reports. ")
LOCAL = (
    "A vigil was held at the town hall on Thursday evening, where some sixty "
    "residents lit candles and the choir of Saint Martin's sang. The council said "
    "that collections for families who are affected would go on until the end of the "
    "month at the library and at both fire stations.",
    "For readers in the county: the relief office on Mill Road is open from nine to "
    "five, the mayor's spokesman told this newspaper, and volunteers with a van are "
    "asked to ring the depot before noon.",
)
CUT = (0.1, 0.4)
"""Least and greatest share of the paragraphs that a copy lacks."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def copied(text: str, *, seed: str) -> str:
    """A copy of a report: another headline, an agency's line, 10 to 40 % of the paragraphs cut, one
    local paragraph added, and curly quotation marks in place of straight ones.

    A text of fewer than four paragraphs is cut by sentences. The same seed gives the same copy.
    """
    chance = random.Random(seed)
    head, _, body = text.partition("\n\n")
    titled = bool(body) and len(head) < 200 and not head.rstrip().endswith(".")
    parts = (body if titled else text).split("\n\n")
    joint = "\n\n"
    if len(parts) < 4:
        parts, joint = _SENTENCE.split(" ".join(parts)), " "
    kept = _cut(parts, chance)
    kept[0] = chance.choice(AGENCIES) + kept[0]
    kept.insert(chance.randint(1, len(kept)), chance.choice(LOCAL))
    return f"{chance.choice(HEADLINES)}\n\n{curled(joint.join(kept))}"


def _cut(parts: list[str], chance: random.Random) -> list[str]:
    gone = round(len(parts) * chance.uniform(*CUT))
    lost = set(chance.sample(range(len(parts)), min(max(1, gone), len(parts) - 1)))
    return [part for k, part in enumerate(parts) if k not in lost]


def curled(text: str) -> str:
    """A text with curly quotation marks in place of straight ones."""
    opened = re.sub(r'(^|[\s(\[—–-])"', r"\1“", text)
    return re.sub(r"(?<=\w)'", "’", opened.replace('"', "”"))

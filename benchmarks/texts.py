"""The texts that all contestants read."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NUMBER = re.compile(r"\b\d+\b")
_SYLLABLES = ("ka", "ro", "mel", "ti", "san", "du", "bren", "lo", "vi", "har", "qu", "est")


def of_reports(path: Path, *, words: int) -> list[str]:
    """Texts of a JSON Lines file, from its start, until they have so many words together."""
    texts: list[str] = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if words <= 0:
                break
            texts.append(str(json.loads(line)["text"]))
            words -= count(texts[-1:])
    return texts


def of_examples(*, words: int, seed: int = 1) -> list[str]:
    """The examples again and again, each time with other names and numbers.

    The variation keeps caches of word forms from answering for the models.
    """
    rng = random.Random(seed)
    sources = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    if not sources:
        raise FileNotFoundError(f"{EXAMPLES} holds no *.txt to read; give --texts")
    texts: list[str] = []
    for source in cycle(sources):
        if words <= 0:
            break
        texts.append(varied(source, rng))
        words -= count(texts[-1:])
    return texts


def count(texts: list[str]) -> int:
    """Words as white space parts them: fewer than any contestant's tokens."""
    return sum(len(text.split()) for text in texts)


Invent = Callable[[random.Random], str]
"""What makes a name up."""


def varied(text: str, rng: random.Random, *, invent: Invent | None = None) -> str:
    """The text with half of its names and all of its numbers changed, each the same throughout."""
    names = sorted(set(_NAME.findall(text)))
    made = invent or _invented
    others = {name: made(rng) for name in names if rng.random() < 0.5}
    text = _NAME.sub(lambda match: others.get(match[0], match[0]), text)
    return _NUMBER.sub(lambda match: str(rng.randint(1, 2 * int(match[0]) + 2)), text)


def _invented(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3)).capitalize()


def of_archive(rng: random.Random) -> str:
    """A name from a stock without end, where few come often and most of them hardly ever.

    Their number grows with the texts as that of the words of a newspaper's archive does: by about
    the power of .6 (Heaps' law).
    """
    rank = min(int(rng.paretovariate(0.65)), 10**9) + len(_SYLLABLES)
    made = ""
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        made += _SYLLABLES[syllable]
    return made.capitalize()


def pieces(text: str, *, words: int) -> Iterator[str]:
    """The text in pieces of whole paragraphs, each of about so many words or of one paragraph."""
    held: list[str] = []
    for paragraph in filter(str.strip, text.split("\n\n")):
        held.append(paragraph)
        if count(held) >= 0.75 * words:
            yield "\n\n".join(held)
            held = []


def archive(texts: Iterable[str], *, words: int, seed: int = 11) -> Iterator[str]:
    """Short reports without end: pieces of the texts in any order, each varied."""
    rng = random.Random(seed)
    cut = [piece for text in texts for piece in pieces(text, words=words)]
    if not cut:
        raise ValueError(f"no text has a paragraph of {0.75 * words:.0f} words")
    while True:
        rng.shuffle(cut)
        yield from (varied(piece, rng, invent=of_archive) for piece in cut)

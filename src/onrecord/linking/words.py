"""Texts cut into the units that linking compares: shingles of words, and words that carry sense."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

SHINGLE = 4
"""Words in a shingle. Of 3, reports on one war share many stock phrases; of 5, every word that an
outlet changes costs five shingles. With 4, copies and other pairs of real reports are far apart."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    "a about above after again against all also am an and any are as at be because been before "
    "being between both but by can could did do does doing down during each few for from further "
    "had has have having he her here hers him his how i if in into is it its itself just me more "
    "most my no nor not now of off on once only or other our out over own said say says she should "
    "so some such than that the their them then there these they this those through to told too "
    "under until up very was we were what when where which while who whom why will with would you "
    "your mr mrs ms one two new year years day days week weeks month last first".split()
)
_USUAL = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\xa0", " "))
"""What makes most texts more than ASCII, and what is written for it: ASCII is folded ten times as
quickly."""
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "e")


def folded(text: str) -> str:
    """A text in lower case without accents, and with one kind of quotation mark and dash."""
    plain = text.casefold()
    for odd, usual in _USUAL:
        plain = plain.replace(odd, usual)
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in parted if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded; punctuation and quotation marks are left out."""
    return _WORD.findall(folded(text))


def shingles(text: str) -> frozenset[int]:
    """Hashes of every `SHINGLE` words on end; a shorter text is one shingle, an empty one none."""
    found = [word.encode() for word in words(text)]
    if not found:
        return frozenset()
    whole = b" ".join(found)
    starts = list(accumulate((len(word) + 1 for word in found), initial=0))
    pairs = zip(starts, starts[min(SHINGLE, len(found)) :], strict=False)
    return frozenset(zlib.crc32(whole[start : end - 1]) for start, end in pairs)


def stem(word: str) -> str:
    """A word without its ending: "killed", "killing" and "kills" are one."""
    if word.endswith("'s"):
        word = word[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content(text: str) -> Iterator[str]:
    """The stems of the words that carry sense, in order."""
    return filter(None, map(_sense, words(text)))


@lru_cache(maxsize=100_000)
def _sense(word: str) -> str:
    """The stem of a word that carries sense; `""` for any other one."""
    return stem(word) if word not in _STOP and (len(word) > 1 or word.isdigit()) else ""

"""What of a mention is a name, and whether two names can be one actor's."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.reading.countries import country_of
from onrecord.reading.names import TITLE_WORDS, folded

_OPENERS = frozenset("the a an two three four five some many several its his her their".split())
_OWNER = re.compile(r"(?:[A-Z][\w.-]* )*[A-Z][\w.-]*(?:['’]s|s['’]) (?=.*[A-Z])")
_COMMON = frozenset(
    "north south east west northern southern eastern western national army navy air force forces "
    "guard police armed military government state troops".split()
)
"""Words in capitals that are no name alone: "the North" and "the National Guard" are states'."""
_ORGANS = frozenset("council assembly commission committee court parliament".split())
"""What is called by the name of the body that it belongs to, and isn't that body."""


def one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names can be one actor's: a word in common, and not one for each besides."""
    shared = one & other
    if (one ^ other) & _ORGANS:
        return False
    return bool(shared) and (one <= other or other <= one or len(shared) > 1)


@lru_cache(maxsize=20_000)
def proper(surface: str) -> frozenset[str]:
    """What of a mention is a name: a country, else the words in capitals that are no title, no
    demonym and no owner's ("Kaldia's envoy, Ilena Marrow" is Ilena Marrow)."""
    if country := country_of(surface):
        return frozenset((country,))
    words = _OWNER.sub("", surface).replace("-", " ").split()
    organs = _ORGANS.intersection(w.lower() for w in words)
    return organs | frozenset(
        folded(w)
        for k, w in enumerate(words)
        if w[0].isupper() and not (k == 0 and w.lower() in _OPENERS)
        and not _of_country(w)
        and w.lower().strip(".,") not in TITLE_WORDS | _COMMON
    ) - {""}  # fmt: skip


def _of_country(word: str) -> bool:
    """Whether a word is a country's name or demonym, whatever stands behind it."""
    bare = re.sub(r"['’]s?$", "", word.strip(","))
    return bool(country_of(bare) or country_of(bare.strip(".")))

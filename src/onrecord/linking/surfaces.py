"""What a report calls its actors: names and descriptions, acronyms, what is left out of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.linking import known
from onrecord.linking.names import norm

_SMALL = frozenset("of and for the in on to de la al el bin von van s".split())
_INTRODUCED = re.compile(
    r"((?:[A-Z][\w’'-]+ (?:(?:of|and|for|the|to|in) )*){1,8})\(([A-Z][A-Za-z]{1,7})\)"
)
_NAMELESS = frozenset(
    "government regime army military police opposition rebels militants group "
    "movement party president minister official officials leader parliament cabinet "
    "ministry court state people civilians residents forces troops soldiers "
    "protesters north south administration".split()
)


@lru_cache(maxsize=known.REMEMBERED)
def is_name(written: str) -> bool:
    """Whether a surface is a name, not a description: "the Islamist group" is none."""
    words = re.findall(r"[^\W\d_][\w’'.-]*", written)
    solid = [w for w in words if w.lower() not in _SMALL and w.lower() not in ("a", "an")]
    if not solid or not all(w[0].isupper() or w.lower().startswith("al-") for w in solid):
        return False
    return any(norm(w) not in _NAMELESS and not known.is_demonym(w) for w in solid) or (
        known.state(written) is not None
    )


@lru_cache(maxsize=200)
def introduced(text: str) -> dict[str, str]:
    """Acronyms in brackets behind the name that they stand for: normalised acronym to name."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        words = match[1].split()
        letters = [w for w in words if w.lower() not in _SMALL]
        short = match[2].upper()
        if (
            len(letters) >= len(short)
            and "".join(w[0].upper() for w in letters[-len(short) :]) == short
        ):
            found[norm(match[2])] = " ".join(words[words.index(letters[-len(short)]) :])
    return found


@lru_cache(maxsize=known.REMEMBERED)
def core(surface: str) -> str:
    """A group's name without a demonym before and a common noun behind it."""
    words = surface.split()
    while len(words) > 1 and (
        known.is_demonym(words[0].strip("’'s")) or words[0] in ("The", "the")
    ):
        words = words[1:]
    while len(words) > 1 and words[-1].islower():
        words = words[:-1]
    return " ".join(words)


def abbreviates(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`."""
    initials = "".join(w[0] for w in long.split() if w[0].isupper())
    return len(short) > 1 and short.replace(".", "") == initials

"""Names compared: folding, acronyms, last names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from onrecord.reading.countries import country_of

_ARTICLES = re.compile(r"\b(the|a|an|its|his|her|their|our)\b|['’]s\b")
_SMALL = {"of", "and", "for", "the", "in", "on", "to", "de", "la", "&"}
TITLES = frozenset(
    "mr mrs ms dr president prime minister general gen col colonel lt major maj capt captain sgt "
    "secretary foreign defense defence chief spokesman spokeswoman ambassador king prince sheikh "
    "senator sen rep gov governor chancellor premier deputy vice sir lord judge ayatollah admiral "
    "imam mullah commander leader envoy former".split()
)
TITLE_WORDS = TITLES | frozenset(
    "vice interior major crown queen representative special sheik pope justice director assistant "
    "u.n nato eu captain".split()
)
"""Titles, and the words beside them in a name ("Assistant Secretary")."""


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name without case, accents, articles, possessives and punctuation."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"\W+", " ", _ARTICLES.sub(" ", plain)).strip()


_BRACKETED = re.compile(r"(.+?)\s*\(\s*([A-Z][\w.-]{1,10})\s*\)")


@lru_cache(maxsize=50_000)
def called(name: str) -> frozenset[str]:
    """What a name calls its bearer, folded: itself, and of "Workers' Party (PKK)" both parts."""
    found = _BRACKETED.fullmatch(name)
    parts = (name, *found.groups()) if found else (name,)
    return frozenset(map(folded, parts))


def without_title(name: str) -> str:
    """A person's name without what stands before it ("U.S. Secretary of State Antony Blinken"); a
    description ("a commander of the Front") as it is."""
    words = name.split()
    cut = 0
    for k, word in enumerate(words[:-1]):
        plain = word.lower().strip(".,")
        if plain in TITLE_WORDS or country_of(word) or plain in ("of", "state", "affairs", "for"):
            cut = k + 1
    described = cut and words[cut - 1].lower() in ("of", "for")
    return name if described else " ".join(words[cut:])


@lru_cache(maxsize=50_000)
def acronym(name: str) -> str:
    """The capitals that a name of several words is shortened to ("African Union" gives "AU")."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(w[0] for w in words if w[0].isupper() and w.lower() not in _SMALL)


@lru_cache(maxsize=50_000)
def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym ("UNRWA", "U.N.")."""
    bare = name.replace(".", "")
    return 2 <= len(bare) <= 8 and bare.isupper() and bare.isalpha()


def person_key(name: str) -> str:
    """What a person is called by later in a text: the last name, with its particle."""
    words = [w for w in folded(name).split() if w not in TITLES]
    if len(words) > 1 and words[-2] in ("al", "el", "bin", "ben", "van", "von", "de", "abu"):
        return " ".join(words[-2:])
    return words[-1] if words else ""

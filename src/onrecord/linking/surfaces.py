"""What a report calls its actors: names and descriptions, acronyms, what is left out of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


_TIES = frozenset("of to by from with against for in at on over between as and or than".split())
"""What makes the name behind it another one's: "forces loyal to Orlo" aren't Orlo."""
_OWNER = re.compile(r"(?:[A-Z][\w.-]* )*[A-Z][\w.-]*(?:['’]s|s['’]) (?=.*[A-Z])")
_ADJECTIVE = re.compile(r"\w+(?:-\w+)*-[a-z]{4,}")
_CAPITAL = re.compile(r"(?:al-|el-)?[A-Z]")
_DESCRIBING = frozenset(
    "islamist islamic shia shiite sunni muslim christian jewish zionist marxist maoist communist "
    "socialist nationalist republican democratic liberal conservative western eastern northern "
    "southern european african asian arab latin us u.s tv radio news".split()
)
"""Words in capitals that say what kind of group it is, and name none."""
_COMMON = _NAMELESS | frozenset(
    "defence defense force democratic national central news agency observatory human rights "
    "front council union liberation workers red crescent cross broadcasting television radio "
    "international resistance revolutionary guard guards congress coalition foreign bank "
    "committee commission assembly institute association federation security service".split()
)
_RULE = frozenset("government administration regime cabinet".split())
"""What is called by whoever leads it: "the Orlo government" isn't Orlo."""


@lru_cache(maxsize=known.REMEMBERED)
def core(surface: str) -> str:
    """A group's name without what describes it; `""` where it is described alone.

    "The Velmari movement Brenna Dawn" and "Brenna Dawn fighters" are both Brenna Dawn.
    """
    words = _without_adjectives(surface.split())
    bare = " ".join(words)
    return bare if is_name(bare) else _named_in(surface)


def _without_adjectives(words: list[str]) -> list[str]:
    """Words without an article, demonyms and "Kaldia-backed" before them.

    A demonym stays where common words alone would be left: "Syrian Democratic Forces".
    """
    cut = 0
    while cut < len(words) - 1 and (
        words[cut] in ("The", "the")
        or (known.is_demonym(words[cut].strip("’'s")) and not _common(words[cut + 1 :]))
        or _ADJECTIVE.fullmatch(words[cut])
    ):
        cut += 1
    return words[cut:]


def _named_in(described: str) -> str:
    """The name behind a description, or before a common noun; `""` where there is none."""
    words = [word.strip(",") for word in _OWNER.sub("", described).split()]
    proper = [_CAPITAL.match(word) is not None and word not in ("The", "A", "An") for word in words]
    ends = (k for k, w in enumerate(words) if k and not proper[k - 1] and w.lower() in _TIES)
    end = next(ends, len(words))
    runs = [run for run in _runs(words[:end], proper[:end]) if not _describes(words[slice(*run)])]
    if not runs or words[0].lower() in _TIES:
        return ""
    first, last = runs[-1] if runs[-1][1] == end else runs[0]
    name = " ".join(_without_adjectives(words[first:last]))
    ruled = not _RULE.isdisjoint(words[last : last + 1])
    return name if is_name(name) and not ruled else ""


def _common(words: list[str]) -> bool:
    """Whether any country could have an organisation of this name."""
    return all(norm(w) in _COMMON or w.lower() in _SMALL or not w[0].isupper() for w in words)


def _describes(words: list[str]) -> bool:
    """Whether words in capitals say only what kind of group it is."""
    return all(w.lower() in _DESCRIBING or known.is_demonym(w) for w in words)


def _runs(words: list[str], proper: list[bool]) -> Iterator[tuple[int, int]]:
    """From where to where words in capitals stand together, with small words between them."""
    first = last = -1
    for k, word in enumerate(words):
        if proper[k]:
            first, last = (k if first < 0 else first), k + 1
        elif first >= 0 and word.lower() not in _SMALL:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def abbreviates(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`."""
    initials = "".join(w[0] for w in long.split() if w[0].isupper())
    return len(short) > 1 and short.replace(".", "") == initials

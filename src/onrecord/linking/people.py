"""Persons' names: titles taken off, surnames, and which names can be one person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.linking.known import REMEMBERED
from onrecord.linking.names import norm
from onrecord.reading.countries import COUNTRIES, country_of

if TYPE_CHECKING:
    from onrecord.linking.catalogue import Catalogue, Known

_TITLES = frozenset(
    "mr mrs ms miss dr prof professor president vice prime minister foreign interior "
    "defense defence general gen lt col colonel maj major capt captain sgt sergeant "
    "brig brigadier rear admiral adm secretary spokesman spokeswoman spokesperson "
    "ambassador king queen prince crown senator sen rep representative governor gov "
    "chancellor premier deputy chief envoy special former ayatollah sheikh sheik "
    "commander leader pope judge justice director assistant supreme chairman "
    "chairwoman national security adviser advisor of state affairs for sir lord lady "
    "un nato eu marine late then the a an revd rev canon master cia republican "
    "democratic congressman congresswoman".split()
)
_PARTICLES = frozenset("al el bin ben ibn van von de der den da di du abu".split())
_FAMILY_FIRST = frozenset(
    "kim moon park lee choi chung jung jeong kang cho yoon jang lim han shin suh kwon "
    "hwang ahn song ri pak choe xi li wang zhang liu chen yang zhao huang zhou wu xu "
    "sun hu zhu gao lin he guo ma nguyen tran".split()
)
"""Korean, Chinese and Vietnamese family names, which stand first."""

_NO_NAMES = frozenset(
    "from to with on in at by of and or but as after before over under for against about says said "
    "tells told meets met warns urges asks wants the a an if when while this that his her "
    "its".split()
)
"""What stands before a name in capitals in a headline, or at the beginning of a sentence."""

_GIVEN = r"(?:[A-Z][\w’'-]*[a-z]|[A-Z]\.|al-[A-Z]\w+|bin|al|de|van)"

_OFFICE = re.compile(r"(?:^[Tt]he |['’]s? )[\w’'. -]*[a-z]")
"""How a description of somebody begins, behind which the name stands: "Kaldia's envoy to ..."."""

_TO_COUNTRY = re.compile(
    rf"[a-z] (?:to|of|in|for|from|with|at) (?:the )?(?i:{'|'.join(map(re.escape, COUNTRIES))})\Z"
)
"""How a description of an office ends, which holds no name: "Kaldia's ambassador to the US"."""

SPELLING = 0.8
"""Least likeness of two spellings of one name ("Erdogan" and "Erdoğan" are folded alike before);
calibrated on pairs of the streams: "Izzat" and "Ezzat" .8, "Moussa" and "Musa" .8."""


@lru_cache(maxsize=REMEMBERED)
def bare(written: str) -> str:
    """A person's name without what stands before it ("U.S. Secretary of State Antony Blinken")."""
    parts = re.split(r", | \(|\n|,", re.sub(r"['’]s?$", "", written.strip()))
    words = parts[0].split()
    if len(parts) > 1 and _OFFICE.search(parts[0]) and parts[1][:1].isupper():
        words = parts[1].split()  # "the leader of the Front, Ilena Marrow"
    cut = 0
    for k, word in enumerate(words[:-1]):
        plain = word.lower().strip(".,")
        if (
            plain.replace(".", "") in _TITLES
            or country_of(word.rstrip("’'s"))
            or plain.endswith("'s")
        ):
            cut = k + 1
    return " ".join(words[cut:])


@lru_cache(maxsize=REMEMBERED)
def is_person_name(written: str) -> bool:
    """Whether this can name a person: capitals, no description, four words at most."""
    words = bare(written).split()
    if not 1 <= len(words) <= 5 or _TO_COUNTRY.search(written):
        return False
    if len(words) == 1 and norm(words[0]) in _TITLES:
        return False
    return all(
        w[0].isupper() or norm(w).split(" ")[0] in _PARTICLES for w in words if w[0].isalpha()
    )


def fuller(written: str, text: str) -> str:
    """The whole name of whoever a report calls by the family name alone, as it first stands there.

    A name of several words stays what it is.
    """
    name = bare(written)
    return name if len(name.split()) != 1 else _in_full(name, text)


_AROUND = 60
"""Characters before a family name in which the other names stand."""

_BEFORE = re.compile(rf"(?<![\w’'-])(?:{_GIVEN} ){{0,3}}\Z")
_BEHIND = re.compile(rf"(?: {_GIVEN}){{0,2}}(?![\w-])")


@lru_cache(maxsize=2_000)
def _in_full(name: str, text: str) -> str:
    """The name of several words in which a family name stands first, else the name itself."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before = _BEFORE.search(text, text.rfind(" ", 0, max(0, at - _AROUND)) + 1, at)
        behind = _BEHIND.match(text, end)
        if before and behind:
            found = bare(" ".join([*_given(before.group()), name]) + behind.group())
            if len(found.split()) > 1 and alike(name, found):
                return found
        at = text.find(name, end)
    return name


def _given(before: str) -> list[str]:
    """The names that stand right before a family name."""
    words = before.split()
    cut = max((k for k, word in enumerate(words, 1) if word.lower() in _NO_NAMES), default=0)
    given = words[cut:]
    return given if not given or given[0].lower() not in _PARTICLES else given[1:]


@lru_cache(maxsize=REMEMBERED)
def _tokens(written: str) -> tuple[str, ...]:
    return tuple(w for w in norm(bare(written)).split() if len(w) > 1 or w.isalpha())


@lru_cache(maxsize=REMEMBERED)
def surnames(written: str) -> tuple[str, ...]:
    """What the person may be called alone: the last name, or the first where the family's is."""
    tokens = _tokens(written)
    if not tokens:
        return ()
    if len(tokens) >= 2 and tokens[0] in _FAMILY_FIRST:
        return (tokens[0],)
    if len(tokens) > 1 and tokens[-2] in _PARTICLES:
        return (" ".join(tokens[-2:]), tokens[-1])
    return (tokens[-1],)


@lru_cache(maxsize=REMEMBERED)
def alike(one: str, other: str) -> bool:
    """Whether two names can be one person's: one family name, and no two given names apart."""
    a, b = _tokens(one), _tokens(other)
    if not a or not b:
        return False
    if a == b or "".join(a) == "".join(b):
        return True
    shared = [s for s in surnames(one) if s in surnames(other)]
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return bool(shared) or short[0] in surnames(" ".join(w.title() for w in long))
    if not shared:
        return set(short) <= set(long) and len(short) > 1
    family = set(shared[0].split())
    given = [[w for w in tokens if w not in family] for tokens in (a, b)]
    if a[0] in _FAMILY_FIRST and b[0] in _FAMILY_FIRST:
        return "".join(given[0]) == "".join(given[1])
    if not given[0] or not given[1]:
        return True
    return _same_given(given[0][0], given[1][0]) or set(short) <= set(long)


_SHORT = (
    "james jim jimmy|william bill will|robert bob rob|richard dick rick|thomas tom tommy|john jack|"
    "michael mike mick|anthony antony tony|edward ted ed eddie|charles charlie chuck|henry harry|"
    "elizabeth liz betty|margaret maggie|katherine catherine kate kathy|steven stephen steve|"
    "lawrence larry|andrew andy drew|ronald ron|donald don|kenneth ken|gerald gerry jerry"
)
_NAMED_SHORT = {name: names.split()[0] for names in _SHORT.split("|") for name in names.split()}
"""English first names, and those that people of that name go by, to one of them."""


def _same_given(one: str, other: str) -> bool:
    if one in _NAMED_SHORT and _NAMED_SHORT[one] == _NAMED_SHORT.get(other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    nick = one.startswith(other[:3]) or other.startswith(one[:3])
    return nick or SequenceMatcher(None, one, other).ratio() >= SPELLING


def find(surface: str, catalogue: Catalogue, near: Sequence[Known]) -> Known | None:
    """The person of the report so far, else of the catalogue, whom `surface` can name.

    A family name alone names one of the report's persons, else the catalogue's one of that name;
    where it has several, one that is used more often than all the others together.
    """
    name = bare(surface)
    tokens = _tokens(name)
    here = [one for one in near if alike(name, one.name)]
    if here:
        return max(here, key=lambda one: (len(one.name.split()) > 1, one.used))
    if not tokens:
        return None
    found = {one.id: one for plain in (norm(name), *surnames(name))
             for one in catalogue.find(plain, person=True)}  # fmt: skip
    fitting = [one for one in found.values() if alike(name, one.name)]
    if len(tokens) > 1:  # a family name that nobody else has may be this one's
        whole = [one for one in fitting if len(one.name.split()) > 1]
        namesakes = [one for one in found.values() if len(one.name.split()) > 1]
        fitting = whole or ([] if namesakes else fitting)
    if len(tokens) == 1 and len(fitting) > 1:
        most = max(fitting, key=lambda one: one.used)
        rest = sum(one.used for one in fitting if one is not most)
        return most if most.used > rest else None
    return max(fitting, key=lambda one: one.used, default=None)

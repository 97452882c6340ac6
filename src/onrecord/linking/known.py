"""What everybody calls some actors: seats that stand for governments, and acronyms never spelt out.

The lists are ours and hold only what is the same in any report; the rest of the catalogue is
learned from the reports. Countries, demonyms and capitals are in `onrecord.reading.countries`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.linking.names import norm
from onrecord.reading.countries import COUNTRIES, country_in, country_of

REMEMBERED = 50_000
"""Names whose meaning is remembered: the same few come again and again."""

_SEATS = {
    "United States": "white house|pentagon|state department|us state department|defense department"
    "|us defense department|capitol hill|treasury department|justice department|oval office"
    "|national security council|trump administration|obama administration|biden administration"
    "|bush administration|clinton administration|us central command|centcom|cia",
    "United Kingdom": "downing street|whitehall|foreign office|ministry of defence|mod|number 10",
    "Israel": "idf|israel defense forces|israel defence forces|israeli defence forces"
    "|israeli defense forces|knesset|shin bet|mossad",
    "Russia": "kremlin|duma|fsb",
    "South Korea": "blue house|the south",
    "North Korea": "the north|workers' party",
    "France": "elysee|elysee palace|quai d'orsay",
    "Germany": "bundestag|bundeswehr",
    "China": "politburo|people's liberation army|pla",
    "Pakistan": "isi",
    "Syria": "assad regime|assad government|regime of bashar al assad",
}
_ORGANISATIONS = """
United Nations: un|united nations organisation|united nations organization
UN Security Council: security council|united nations security council
UN General Assembly: general assembly|united nations general assembly
European Union: eu
African Union: au
Arab League: league of arab states
NATO: nato|north atlantic treaty organization|north atlantic treaty organisation
International Atomic Energy Agency: iaea
International Criminal Court: icc
World Health Organization: who|world health organisation
International Committee of the Red Cross: icrc
UNRWA: united nations relief and works agency|un refugee agency for palestinians
UNHCR: un refugee agency|united nations high commissioner for refugees
UNICEF: un children's fund|united nations children's fund
Islamic State: isis|isil|is|daesh|islamic state of iraq and syria
Islamic State: islamic state of iraq and the levant|islamic state group
Al Qaeda: al qaida|al qaeda network
Kurdistan Workers' Party: pkk
People's Protection Units: ypg|kurdish people's protection units
Syrian Democratic Forces: sdf
Free Syrian Army: fsa
Islamic Jihad: palestinian islamic jihad|pij
Palestine Liberation Organization: plo|palestine liberation organisation
Hezbollah: hizbollah|hizbullah|hezbullah
Houthis: houthi|houthi movement|houthi rebels|houthi forces|ansar allah
Revolutionary Guards: islamic revolutionary guard corps|irgc|revolutionary guard
Revolutionary Guards: iran's revolutionary guards
FARC: revolutionary armed forces of colombia
Tamil Tigers: ltte|liberation tigers of tamil eelam
Gaza Health Ministry: hamas run health ministry|hamas run gaza health ministry
Gaza Health Ministry: gaza's health ministry|health ministry in gaza|palestinian health ministry
Gaza Health Ministry: palestinian ministry of health|hamas run health ministry in gaza
Gaza Health Ministry: gaza's hamas run health ministry
Palestinian Authority: pa
Reuters: thomson reuters
Korean Central News Agency: kcna
Associated Press: ap
Agence France Presse: afp
British Broadcasting Corporation: bbc|bbc news
Doctors Without Borders: medecins sans frontieres|msf
"""

_GOVERNING = re.compile(
    r"\b(?:government|regime|administration|army|military|armed forces|forces|troops|soldiers"
    r"|ministry|minister|ministers|police|navy|air force|parliament|congress|senate|cabinet"
    r"|authorities|officials|state|leadership|court|intelligence|defen[cs]e|security services"
    r"|delegation|side|warplanes|jets|aircraft|embassy|department|marines|treasury)\b",
    re.IGNORECASE,
)
"""Nouns that with a country's name or demonym mean the state."""


def _organisations() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _ORGANISATIONS.strip().splitlines():
        name, others = line.split(":", 1)
        table.update(dict.fromkeys((norm(name), *others.strip().split("|")), name))
    return table


SEATS = {seat: country for country, seats in _SEATS.items() for seat in seats.split("|")}
"""Seats and offices, normalised, to the country whose government they stand for."""

ORGANISATIONS = _organisations()
"""Names of organisations, normalised, to the one that they are listed under."""


@lru_cache(maxsize=REMEMBERED)
def state(name: str) -> str | None:
    """The country whose state `name` is: its name, a demonym, a seat, "the Israeli army"."""
    plain = norm(name)
    found = SEATS.get(plain) or country_of(name) or country_of(plain)
    if found or plain in ORGANISATIONS:
        return found
    if plain.startswith("the "):  # "the North" is a name, "north" isn't
        return None
    inside = country_in(name)
    return inside if inside and _GOVERNING.search(name) else None


@lru_cache(maxsize=REMEMBERED)
def belongs(words: str | None) -> str | None:
    """The country that a role or description names ("Turkish foreign minister" gives Turkey)."""
    if not words:
        return None
    return country_in(words) or next(
        (country for seat, country in SEATS.items() if len(seat) > 4 and seat in norm(words)), None
    )


def is_demonym(word: str) -> bool:
    """Whether a single word is a country's name or demonym."""
    return word.lower() in COUNTRIES

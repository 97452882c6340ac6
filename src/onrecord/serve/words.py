"""The words, signs and addresses that the pages' templates share."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.export import telling
from onrecord.views.telling import Told

AUTHORITY: Mapping[str, str] = {
    **{str(key): word for key, word in telling.AUTHORITY.items()},
    "report": "the report itself",
    "headline": "the headline",
}
"""What is said of each authority beside its mark."""

DEED: Mapping[str, str] = {
    "AGREE": "agrees",
    "CONSULT": "meets",
    "SUPPORT": "backs",
    "CONCEDE": "concedes",
    "COOPERATE": "cooperates",
    "AID": "aids",
    "RETREAT": "retreats",
    "REQUEST": "asks",
    "ACCUSE": "accuses",
    "REJECT": "refuses",
    "THREATEN": "threatens",
    "PROTEST": "protests",
    "SANCTION": "sanctions",
    "MOBILIZE": "mobilises",
    "COERCE": "coerces",
    "ASSAULT": "attacks",
}
"""The verb for each type of event; what each type covers is in `docs/record.md`."""

ACT: Mapping[str, str] = {str(act): verb or "says" for act, verb in telling.ACT.items()}
"""The verb for each act of a statement."""

TONE: Mapping[str, str] = {
    "rejects": "no",
    "reject": "no",
    "deny": "no",
    "accepts": "yes",
    "accept": "yes",
    "confirm": "yes",
    "REJECT": "no",
    "AGREE": "yes",
}
"""What is coloured as refused or as accepted; always beside a word."""


def plural(n: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 report", "2,000 reports"."""
    return f"{n:,} {noun if n == 1 else nouns or noun + 's'}"


_OPEN = {"“": "”", "«": "»", '"': '"', "„": "“"}
"""Quotation marks, and those that close them."""


def cited(text: str, room: int = 280) -> str:
    """Words in quotation marks, shortened: they get none where they stand in some of their own."""
    short = telling.shortened(" ".join(text.split()), room)
    if text[:1] in _OPEN and text.rstrip()[-1:] == _OPEN[text[0]]:
        return short
    return telling.quoted(short)


def around(told: Told, room: int = 300) -> tuple[str, str, str]:
    """The sentence that an entry's words stand in, cut into what is before, in and behind them."""
    sentence = telling.shortened(told.passage, room)
    at = sentence.find(told.quote)
    if at < 0 or len(told.quote) > len(sentence) * 0.8:
        return sentence, "", ""
    return sentence[:at], told.quote, sentence[at + len(told.quote) :]


def where(told: Told) -> str:
    """The address of an entry's words: its report, opened at the entry."""
    return entry_address(told.entry)


def entry_address(entry: str) -> str:
    """The address of the entry `REPORT:KEY`, or of the report called `REPORT`."""
    report, _, key = entry.partition(":")
    return f"/reports/{report}" + (f"#{key}" if key else "")


_MONTHS = ". Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split()


def day(value: Any) -> str:
    """A day as people write it: "7 October 2023"; what is no day stays as it is."""
    return _day(value, list(calendar.month_name))


def short_day(value: Any) -> str:
    """A day where there is little room: "7 Oct 2023"; what is no day stays as it is."""
    return _day(value, _MONTHS)


def _day(value: Any, months: Sequence[str]) -> str:
    text = str(value or "")
    try:
        known = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{known.day} {months[known.month]} {known.year}"


_AGES = ((730, 365, "year"), (61, 30, "month"), (14, 7, "week"), (0, 1, "day"))
"""From so many days on, told in units of so many days."""


def age(day: str, today: str) -> str:
    """How long `day` lies before `today`: "3 weeks", "that day"; empty where either isn't known."""
    try:
        days = max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days)
    except ValueError:
        return ""
    if not days:
        return "that day"
    length, unit = next((length, unit) for least, length, unit in _AGES if days >= least)
    return plural(days // length, unit)


def amount(told: Told) -> str:
    """A figure with its bound: "> 20,000", "30–40", "~ 12%"."""
    value = f"{told.value or 0:,.10g}"
    if told.upper is not None:
        return f"{value}–{told.upper:,.10g}"
    bound = {str(key): sign for key, sign in telling.BOUND.items()}.get(told.status, "")
    return f"{bound} {value}{'%' if told.label == 'share' else ''}".strip()


BOUND_WORDS: Mapping[str, str] = {
    "exact": "exactly",
    "more_than": "more than",
    "less_than": "at most",
    "about": "about",
    "range": "between",
}
"""The bound of a figure in words."""


def shares(counts: Mapping[str, int], *, width: int = 60) -> list[tuple[str, float, float, int]]:
    """A bar of `width` cut into the authorities, the strongest first: name, x, width, count."""
    whole = sum(counts.values())
    at = 0.0
    made: list[tuple[str, float, float, int]] = []
    for name in ("named", "body", "document", "media", "unnamed", "none"):
        if n := counts.get(name, 0):
            part = width * n / whole
            made.append((name, round(at, 2), round(part, 2), n))
            at += part
    return made


def tallied(counts: Mapping[str, int]) -> str:
    """The same in words: "3 named, 2 unnamed"."""
    return ", ".join(f"{n} {AUTHORITY.get(name, name)}" for name, _, _, n in shares(counts))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them."""
    return telling.listed(list(names))


def capital(text: str) -> str:
    """`text` with a large first letter, the others as they are."""
    return text[:1].upper() + text[1:]


GLOBALS: Mapping[str, Any] = {
    "AUTHORITY": AUTHORITY,
    "SUPPORT": telling.SUPPORT,
    "STANCE": telling.STANCE,
    "ACT": ACT,
    "DEED": DEED,
    "TONE": TONE,
    "BOUND_WORDS": BOUND_WORDS,
    "plural": plural,
    "where": where,
    "entry_address": entry_address,
    "age": age,
    "amount": amount,
    "cited": cited,
    "around_words": around,
    "shares": shares,
    "tallied": tallied,
    "listed": listed,
    "inside": telling.inside,
    "quoted": telling.quoted,
    "shortened": telling.shortened,
    "words": telling.words,
    "offer": telling.offer,
    "in_order": telling.in_order,
    "figure_amount": telling.amount,
}
"""What the templates know beside what `onrecord.serve.rendering` tells."""

FILTERS: Mapping[str, Any] = {"short_day": short_day, "capital": capital}
"""Filters of the templates."""

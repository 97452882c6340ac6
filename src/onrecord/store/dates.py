"""The day that a report's words for a time mean, seen from the day of the report.

Only what names a day gives one: "on Friday", "yesterday", "Oct. 7", "7 October 2023". "Last
month" and "in 2014" name none, and none is invented.
"""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_DATES = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?!\s*[-–]\s*\d){_YEAR}", re.I),
    re.compile(rf"(?<![-–\d])\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", re.I),
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_WEEKDAY = re.compile(rf"\b(?:(?P<which>last|next|this)\s+)?(?P<name>{'|'.join(_DAYS)})\b", re.I)
_RELATIVE = (
    (re.compile(r"\b(?:the )?day before yesterday\b", re.I), -2),
    (re.compile(r"\b(?:yesterday|last night|overnight)\b", re.I), -1),
    (re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.I), 0),
    (re.compile(r"\btomorrow\b", re.I), 1),
)
_SPREAD = re.compile(
    r"\b(?:since|until|till|by|before|after|every|from|between|days?|weeks?)\b", re.I
)
"""Words that make of a day a border of a time, or one of many days."""


def day(published: str | None) -> str:
    """The day of an ISO 8601 date or time; empty where it isn't known to the day or can't be."""
    found = _ISO.match(published or "")
    made = _date(*map(int, found.groups())) if found else None
    return made.isoformat() if made else ""


def happened(words: str | None, anchor: str, *, ahead: bool = False) -> str:
    """The day that `words` name, where the report is of day `anchor`; empty where they name none.

    A weekday is the last one up to the report's day, or, `ahead` of it, the next one.
    """
    told = date.fromisoformat(anchor) if anchor else None
    if words and told and (days := _away(words)) is not None:
        return (told + timedelta(days=days)).isoformat()
    if not words or _SPREAD.search(words):
        return ""
    found = _named(words, told) or (_seen_from(words, told, ahead=ahead) if told else None)
    return found.isoformat() if found else ""


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _named(words: str, told: date | None) -> date | None:
    if found := _ISO.search(words):
        return _date(*map(int, found.groups()))
    for pattern in _DATES:
        if found := pattern.search(words):
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            number = int(found["day"])
            if found["year"]:
                return _date(int(found["year"]), month, number)
            return _nearest(month, number, told) if told else None
    return None


def _nearest(month: int, number: int, told: date) -> date | None:
    """The day of that name nearest to the report's, as papers leave out the year only then."""
    years = (_date(told.year + k, month, number) for k in (-1, 0, 1))
    return min((d for d in years if d), key=lambda d: abs(d - told), default=None)


def _away(words: str) -> int | None:
    """How many days from the report's day "yesterday" and the like are."""
    return next((days for pattern, days in _RELATIVE if pattern.search(words)), None)


def _seen_from(words: str, told: date, *, ahead: bool) -> date | None:
    found = _WEEKDAY.search(words)
    if not found:
        return None
    back = (told.weekday() - _DAYS.index(found["name"].lower())) % 7
    which = (found["which"] or "").lower()
    if which == "next" or (ahead and which != "last"):
        return told + timedelta(days=(7 - back) % 7 or (7 if which == "next" else 0))
    return told - timedelta(days=back or (7 if which == "last" else 0))

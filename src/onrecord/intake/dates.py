"""Dates of publication, as feeds, archives and tables write them, in ISO 8601."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\A\d{4}(-\d\d(-\d\d)?)?\Z")
_COMPACT = re.compile(r"\A(\d{4})(\d\d)(\d\d)\Z")
_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%b. %d, %Y", "%Y/%m/%d")


def iso(value: object) -> tuple[str | None, str | None]:
    """A date or time in ISO 8601 as precise as `value`, and else a warning that says why not.

    `value` may be ISO 8601, an e-mail's or feed's date, or written out ("Oct. 7, 2023"). What
    can't be a date, like 30 February, gives none.
    """
    text = " ".join(str(value).split()) if value is not None else ""
    if not text:
        return None, None
    made = _read(text)
    return made, None if made else f"{text[:40]!r} is no date; the report is kept without one"


def _read(text: str) -> str | None:
    text = _COMPACT.sub(r"\1-\2-\3", text)
    try:
        if _ISO.match(text):
            date.fromisoformat(
                f"{text}-01-01"[:10]
            )  # a year or month alone is checked as its first day
            return text
        if re.match(r"\d{4}-\d\d-\d\dT?", text):
            return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None
    for form in _WRITTEN:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None

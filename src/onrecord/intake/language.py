"""Whether a text is in English, the one language that the model reads."""

import re
from collections.abc import Iterable
from dataclasses import replace

from onrecord.record import Record

LOOKED_AT = 4000
"""Characters from the start by which the language is told."""
SHORTEST = 50
"""Characters below which py3langid guesses: no language is then given."""
ENGLISH = 0.08
"""The share of `_COMMON` among the words from which a text is English without asking py3langid,
whose model takes half a second to load. The lowest share in 181 English reports on conflicts was
.093, the median .18; other languages of the Latin script have next to none of these words."""
_COMMON = frozenset(["the", "of", "and", "to", "that", "said", "with", "was", "for", "by"])
_NAMES = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "id": "Indonesian",
    "it": "Italian",
    "ms": "Malay",
    "nl": "Dutch",
    "pt": "Portuguese",
    "ru": "Russian",
    "sw": "Swahili",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`; None where it is too short to tell."""
    start = text[:LOOKED_AT]
    if len(start.strip()) < SHORTEST:
        return None
    words = re.findall(r"\w+", start.lower())
    if words and sum(word in _COMMON for word in words) >= ENGLISH * len(words):
        return "en"
    import py3langid  # its model takes half a second to load, and most texts don't need it

    code: str = py3langid.classify(start)[0]
    return code


def warning(code: str | None) -> str | None:
    """What to tell a reader of a record whose text is in this language; None for English."""
    if code is None or code == "en":
        return None
    named = f"{_NAMES[code]} ({code})" if code in _NAMES else code
    return f"the text looks like {named}; the model reads English: don't trust this record"


def marked(record: Record, *, warnings: Iterable[str] = ()) -> Record:
    """The record with its text's language, and these warnings and that about the language."""
    code = record.report.language or language(record.text)
    told = [*record.report.warnings, *warnings, warning(code)]
    unique = tuple(dict.fromkeys(line for line in told if line))
    return replace(record, report=replace(record.report, language=code, warnings=unique))

"""Who wrote a report and which news agencies it credits, as far as its own words say so.

A credit is a mark on the text or a picture: "CAIRO (Reuters) -", "Photo/Reuters", "(AFP)" at a
paragraph's end, "with agency reports", "The Associated Press contributed to this report". An
agency that is told or cited something ("told Reuters", "AFP reported") is a source of the text, not
a credit.
"""

import re
from collections.abc import Iterator

_AGENCIES = {
    "Reuters": r"Reuters",
    "Associated Press": r"(?:The )?Associated Press|AP",
    "AFP": r"AFP|Agence France[- ]Presse",
    "Xinhua": r"Xinhua",
    "dpa": r"dpa|DPA",
    "TASS": r"(?:ITAR-)?TASS|Tass",
    "RIA Novosti": r"RIA(?: Novosti)?",
    "Interfax": r"Interfax(?:-\w+)?",
    "UPI": r"UPI|United Press International",
    "Bloomberg": r"Bloomberg(?: News)?",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "Anadolu": r"Anadolu(?: Agency)?|AA",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "IRNA": r"IRNA",
    "SANA": r"SANA",
    "WAFA": r"WAFA",
    "KCNA": r"KCNA",
    "PA Media": r"PA(?: Media)?",
}
AGENCIES = "agencies"
"""What is credited where a text says only "with agency reports"."""

_ANY = "|".join(f"(?:{forms})" for forms in _AGENCIES.values())
_DASH = r"(?:--|[-–—_]|:)"
_PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # CAIRO, July 14 (Reuters) - / (Reuters) - at the start of a paragraph
        rf"^[^\n()]{{0,70}}\((?P<who>{_ANY})\)\.?\s*{_DASH}",
        # [Name/Reuters], Photo/Reuters, Photo: AFP, (AP Photo/ Name)
        rf"(?:Photo(?:graph)?|Picture|Image|Pool)\s*(?:[/:]|by|courtesy of)\s*(?P<who>{_ANY})\b",
        rf"\[[^\[\]\n]{{0,60}}/\s*(?P<who>{_ANY})\]",
        rf"\((?P<who>{_ANY})\s+(?:Photo|Pool)",
        # a credit by itself in brackets or after a dash at the end of a paragraph
        rf"[.!?”\"]\s*[(\[—–-]{{1,2}}\s*(?P<who>{_ANY})\s*[)\]]?\s*$",
        rf"^\s*[(\[]?(?:Source:\s*)?(?P<who>{_ANY})[)\]]?\s*$",
        rf"©\s*(?:\d{{4}}\s*)?(?P<who>{_ANY})\b",
    )
)
_HELPED = re.compile(
    rf"(?P<names>[^.\n]*?)\bcontributed (?:to|reporting)|"
    rf"\b(?:with|additional|using)\b[^.\n]{{0,40}}?\b(?:reports?|reporting|material|files?|input)"
    rf"\s+(?:by|from)\s+(?P<given>[^.\n]+)|\b[Ww]ith (?P<wires>{_ANY})\b\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_UNNAMED = re.compile(
    r"\b(?:with|from|by)\s+(?:news\s+|wire\s+|additional\s+)?"
    r"(?:agenc(?:y|ies)|wires?)(?:\s+(?:reports?|input|inputs|services?))?\s*[)\].]*\s*$|"
    r"^\s*[(\[—–-]*\s*[Aa]gencies\s*[)\]]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_MAY = re.compile(rf"\b(?:{_ANY})\b|[Aa]genc|AGENC|\b[Ww]ires?\b")
"""What a line with a credit has in it: most lines of most texts have nothing of the sort."""
_FORMS = {re.compile(rf"\b(?:{forms})\b"): name for name, forms in _AGENCIES.items()}

_NAME = r"[A-Z][\w.'’-]+(?: +(?:(?:al|bin|de|van|von|el|da)[ -])?[A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(
    rf"^\s*(?:By|BY)\s+(?P<who>{_NAME}(?:(?:,| and|, and) +{_NAME}){{0,4}})\s*(?:$|[,|])", re.M
)
_LOOKED_AT = 600
"""Characters at the start in which a byline stands."""


def wire(text: str) -> tuple[str, ...]:
    """The agencies that `text` credits, each once, in the order of their first credit."""
    lines = (line for line in text.split("\n") if _MAY.search(line))
    return tuple(dict.fromkeys(name for line in lines for _, name in sorted(_credited(line))))


def _credited(line: str) -> Iterator[tuple[int, str]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            yield match.start("who"), agency(match["who"]) or match["who"]
    for match in _HELPED.finditer(line):
        names = match["names"] or match["given"] or match["wires"] or ""
        for form, name in _FORMS.items():
            if form.search(names):
                yield match.start(), name
    for match in _UNNAMED.finditer(line):
        yield match.start(), AGENCIES


def agency(name: str) -> str | None:
    """The agency that is called `name`; None where that is none."""
    for form, known in _FORMS.items():
        if form.fullmatch(name.strip()):
            return known
    return None


def byline(text: str) -> str | None:
    """The authors that a line at the start of `text` names; None where none does."""
    found = _BYLINE.search(text[:_LOOKED_AT])
    return found["who"] if found else None

"""Numbers in words and digits, with what bounds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.vocabulary import Bound

_UNITS = {
    w: k
    for k, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * (k + 2) for k, w in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split())}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "m": 1_000_000, "bn": 1_000_000_000, "k": 1_000, "dozen": 12,
}  # fmt: skip
_VAGUE = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "tens": 10,
          "millions": 1_000_000, "billions": 1_000_000_000}  # fmt: skip
_OTHER = {"half": 50, "couple": 2, "pair": 2, "both": 2}
_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|%", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:more than|at least|over|above|exceed\w*|no fewer than|no less than|upwards? of"
    r"|minimum of|or more|in excess of)\b",
    re.I,
)
_LESS = re.compile(
    r"\b(?:up to|less than|fewer than|under|below|at most|no more than|as many as|maximum of)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|approximately|roughly|estimated|close to|or so"
    r"|circa|an estimated)\b",
    re.I,
)
LARGEST = 1e18
"""Beyond it a figure is a slip or a prank (a hundred digits, "million million ...")."""
_RANGE = re.compile(r"^\s*(?:to|-|–|—|and|or)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text: its value, its upper end where it is a range, its bound, and the
    characters (of the text it was read from) that it stands in."""

    value: int | float
    upper: int | float | None
    bound: Bound
    start: int
    end: int


def number_in(text: str, before: str = "") -> Number | None:
    """The first number of ``text`` ("more than 20,000 Palestinians", "two to three weeks"); None
    where there is none. ``before`` is what stands in front of it, for its bound."""
    found = _numbers(text)
    if not found:
        return None
    value, start, end, vague = found[0]
    upper: int | float | None = None
    if len(found) > 1 and not vague:
        second, start2, end2, _ = found[1]
        between = text[end:start2]
        joined = _RANGE.match(between)
        wants = joined and (
            between.strip().lower() != "and" or re.search(r"\bbetween\s*$", text[:start] + "", re.I)
        )
        if wants and second > value:
            upper, end = second, end2
    bound = "range" if upper is not None else _bound(text, before, start, end, vague)
    return Number(value, upper, bound, start, end)


def _bound(text: str, before: str, start: int, end: int, vague: bool) -> Bound:
    near = f"{before[-24:]} {text[:start]}"
    after = text[end : end + 12]
    bounds: tuple[tuple[re.Pattern[str], Bound], ...] = (
        (_MORE, "more_than"),
        (_LESS, "less_than"),
        (_ABOUT, "about"),
    )
    for pattern, bound in bounds:
        if pattern.search(near) or (bound != "less_than" and pattern.match(after.strip())):
            return bound
    return "more_than" if vague else "exact"


def _numbers(text: str) -> list[tuple[int | float, int, int, bool]]:
    """Every number as (value, start, end, vague)."""
    out: list[tuple[int | float, int, int, bool]] = []
    total: float = 0
    current: float = 0
    start = end = -1
    vague = False

    def close() -> None:
        nonlocal total, current, start, vague
        if start >= 0 and total + current <= LARGEST:
            out.append((_plain(total + current), start, end, vague))
        total, current, start, vague = 0, 0, -1, False

    for found in _TOKEN.finditer(text):
        token = found.group().lower()
        adjacent = start >= 0 and re.fullmatch(
            r"[\s-]*(?:and\s+|of\s+)?", text[end : found.start()]
        )
        if token[0].isdecimal():  # ² is a digit too, and no number
            close()
            current = float(token.replace(",", ""))
        elif token in _UNITS or token in _TENS:
            if not adjacent or (current % 10 and current < 100) or vague:
                close()
            current += _UNITS.get(token, 0) or _TENS.get(token, 0)
        elif token in _SCALES and (
            (start >= 0 and adjacent)
            or (
                token in ("hundred", "thousand", "million", "dozen")
                and _after_a(text, found.start())
            )
        ):
            scale = _SCALES[token]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
        elif token in _VAGUE:
            if adjacent and vague:
                current *= _VAGUE[token]
            else:
                close()
                current, vague = _VAGUE[token], True
        elif token in _OTHER and start < 0:
            current = _OTHER[token]
        elif (token in ("and", "of") and start >= 0) or token == "a" or start < 0:
            continue
        else:
            close()
            continue
        if start < 0:
            start = found.start()
        end = found.end()
    close()
    return out


def _after_a(text: str, start: int) -> bool:
    return (
        bool(re.search(r"\b(?:a|an|half a|several|few)\s+$", text[:start], re.I))
        or not text[:start].strip()
    )


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 6)

"""From the fields of a form to the changes of an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from onrecord.errors import RecordError
from onrecord.serve.rendering import shown
from onrecord.serve.reviewing.fields import FIELDS, Field, Options
from onrecord.serve.reviewing.newcomers import SIGN, newcomer

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that somebody gave, and where they were before: offsets, end exclusive, or none."""

    words: str
    at: str

    @classmethod
    def of(cls, span: Json | None) -> Spot:
        """The words of a span and its place; empty for none."""
        if span is None:
            return cls("", "")
        return cls(" ".join(span["text"].split()), f"{span['start']}-{span['end']}")


def as_shown(layer: str, entry: Json) -> dict[str, Any]:
    """What a form shows of an entry, by field: text, lists of keys, `Spot`s."""
    return {field.name: _shown(field, entry[field.name]) for field in FIELDS[layer]}


def _shown(field: Field, value: Any) -> Any:
    match field.kind:
        case "span":
            return [Spot.of(value)]
        case "spans":
            return [Spot.of(span) for span in value]
        case "actors":
            return list(value)
        case "number":
            return "" if value is None else f"{value:.15g}"
        case _:
            return value or ""


def as_sent(layer: str, form: FormData) -> dict[str, Any]:
    """What a form sent, as `as_shown` has it."""
    return {field.name: _sent(field, form) for field in FIELDS[layer]}


def _sent(field: Field, form: FormData) -> Any:
    if field.kind in ("span", "spans"):
        words = [str(one) for one in form.getlist(f"{field.name}.words")]
        places = [str(one) for one in form.getlist(f"{field.name}.at")]
        places += [""] * (len(words) - len(places))
        return [Spot(*both) for both in zip(words, places, strict=False)]
    if field.kind == "actors":
        chosen = [str(one) for one in form.getlist(field.name) if one]
        return list(dict.fromkeys([*chosen, *newcomer(form, field.name)]))
    return str(form.get(field.name, "")).strip()


def changes(
    layer: str, entry: Json, sent: Mapping[str, Any], text: str, options: Options
) -> dict[str, Any]:
    """The fields that the form changes, with their new values as the record has them.

    Raises `RecordError` for words that aren't in the text, for what is no number, and for keys
    that aren't among the record's.
    """
    before = as_shown(layer, entry)
    changed = {}
    for field in FIELDS[layer]:
        if sent[field.name] != before[field.name]:
            _check(field, sent[field.name], options)
            value = _value(field, sent[field.name], text)
            if value != _plain(entry[field.name]):
                changed[field.name] = value
    return changed


def _check(field: Field, sent: Any, options: Options) -> None:
    if field.kind not in ("actors", "voice", "on"):
        return
    legal = options.legal(field.kind)
    for key in sent if isinstance(sent, list) else [sent]:
        if key not in legal and not (field.kind == "actors" and key.startswith(SIGN)):
            raise RecordError(f"{field.label}: {key[:40]!r} isn't in the record")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _value(field: Field, sent: Any, text: str) -> Any:
    if field.kind == "spans":
        found = [_span(field, spot, text) for spot in sent if spot.words.strip()]
        if not found:
            raise RecordError(f"{field.label}: is empty; wants words of the text")
        return sorted((span for span in found if span), key=lambda span: int(span["start"]))
    if field.kind == "span":
        return _span(field, sent[0] if sent else Spot("", ""), text)
    if field.kind == "number":
        return _number(field, sent)
    if not sent and not isinstance(sent, list):
        _may_be_empty(field)
        return None
    return sent


def _may_be_empty(field: Field) -> None:
    if field.needed:
        raise RecordError(f"{field.label}: is empty")


def _number(field: Field, sent: str) -> int | float | None:
    plain = sent.replace(",", "").replace(" ", "")
    if not plain:
        _may_be_empty(field)
        return None
    if not re.fullmatch(r"\d{1,15}(\.\d{1,6})?", plain):
        raise RecordError(f"{field.label}: {sent[:40]!r} is no number; wants digits, as 1200")
    return float(plain) if "." in plain else int(plain)


def _span(field: Field, spot: Spot, text: str) -> dict[str, Any] | None:
    """The span of the words: where they were before, else the nearest place that has them."""
    wanted = spot.words.split()
    if not wanted:
        _may_be_empty(field)
        return None
    start, end = _offsets(spot.at, len(text))
    plain = str(shown(text))
    if plain[start:end].split() == wanted:
        return {"start": start, "end": end, "text": text[start:end]}
    pattern = re.compile(r"\s+".join(re.escape(word) for word in wanted))
    places = [match.span() for match in pattern.finditer(plain)]
    if not places:
        raise RecordError(f"{field.label}: the text doesn't have {' '.join(wanted)[:120]!r}")
    start, end = min(places, key=lambda place: abs(place[0] - start))
    return {"start": start, "end": end, "text": text[start:end]}


def _offsets(at: str, length: int) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", at)
    if match is None:
        return 0, 0
    return min(int(match[1]), length), min(int(match[2]), length)


def spans(layer: str, entry: Json) -> Sequence[tuple[str, Json]]:
    """The spans of an entry, each with its field's name."""
    found: list[tuple[str, Json]] = []
    for field in FIELDS[layer]:
        value = entry[field.name]
        if field.kind == "spans":
            found += [(field.name, span) for span in value]
        elif field.kind == "span" and value is not None:
            found.append((field.name, value))
    return found

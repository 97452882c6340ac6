"""Checks a record against its contract, and turns records into JSON's types and back.

The annotations of the classes in `onrecord.record` are the contract: a `Literal` allows its words,
a `Span` must be what stands in the text, a `Ref` must name an entry. They are read once per class.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.errors import RecordError

T = TypeVar("T")
_ADDED = ("origin", "confidence")
"""The fields of entries that records made elsewhere, gold records say, may lack."""
Where = str
"""Where in a record a value stands, as a message names it: `statements[s1].cue`."""
_TYPES: dict[Any, str] = {str: "a string", int: "a whole number", float: "a number"}


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds ids, by what they must name."""

    to: Literal["actor", "statement", "entry", "voice", "terms"]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    hint: Any
    ref: Ref | None
    optional: bool
    words: tuple[str, ...]


_KNOWN: dict[Any, tuple[_Field, ...]] = {}


def _fields(kind: Any) -> tuple[_Field, ...]:
    """The fields of a class of `onrecord.record`, looked up once."""
    if kind not in _KNOWN:
        hints = get_type_hints(kind, include_extras=True)
        _KNOWN[kind] = tuple(_field(f.name, hints[f.name]) for f in fields(kind) if f.init)
    return _KNOWN[kind]


def _field(name: str, hint: Any) -> _Field:
    ref = None
    if get_origin(hint) is Annotated:
        hint, ref = get_args(hint)
    optional = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if optional:
        hint = Union[tuple(arg for arg in get_args(hint) if arg is not NoneType)]  # noqa: UP007
    words = get_args(hint) if get_origin(hint) is Literal else ()
    return _Field(name, hint, ref, optional, words)


# ---- JSON's types to a record --------------------------------------------------------------------


def decode(kind: type[T], data: Any, where: Where = "") -> T:
    """An instance of `kind` from JSON's types; raises `RecordError` where the shape is wrong.

    Only the shape is looked at here: the record that comes of it checks words, spans and ids.
    """
    if not isinstance(data, Mapping):
        raise RecordError(f"{where or 'the record'}: {data!r} is no object")
    where = f"{where}[{data['id']}]" if where and "id" in data else where
    values = {
        f.name: _member(f, data, where) for f in _fields(kind) if _given(f, kind, data, where)
    }
    return kind(**values)


def _given(f: _Field, kind: Any, data: Mapping[str, Any], where: Where) -> bool:
    """Whether `data` has the field; only what onrecord adds to the contract may be missing."""
    if f.name in data:
        return True
    if f.name in _ADDED or (kind.__name__ == "Report" and f.name not in ("id", "text")):
        return False
    raise RecordError(f"{where or 'the record'}: lacks {f.name}")


def _member(f: _Field, data: Mapping[str, Any], where: Where) -> Any:
    path = f"{where}.{f.name}" if where else f.name
    return _value(f.hint, data[f.name], path, optional=f.optional)


def _value(hint: Any, value: Any, where: Where, *, optional: bool = False) -> Any:
    if value is None and optional:
        return None
    if get_origin(hint) is tuple:
        return _sequence(get_args(hint), value, where)
    if is_dataclass(hint) and isinstance(hint, type):
        return decode(hint, value, where)
    wanted = (str,) if get_origin(hint) is Literal else get_args(hint) or (hint,)
    legal = (*wanted, int) if float in wanted else wanted
    if isinstance(value, bool) or not isinstance(value, legal):
        named = f"{_TYPES[wanted[-1]]}{' or null' if optional else ''}"
        raise RecordError(f"{where}: {value!r} is not {named}")
    return value


def _sequence(items: tuple[Any, ...], value: Any, where: Where) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise RecordError(f"{where}: {value!r} is no list")
    if items[-1] is Ellipsis:
        return tuple(_value(items[0], one, where) for one in value)
    if len(value) != len(items):
        raise RecordError(f"{where}: {value!r} has {len(value)} parts, wants {len(items)}")
    return tuple(_value(item, one, where) for item, one in zip(items, value, strict=True))


# ---- a record to JSON's types --------------------------------------------------------------------


def encode(value: Any) -> Any:
    """`value` (a record or a part of one) as dicts, lists, strings, numbers and None."""
    if is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in _fields(type(value))}
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    return value


# ---- the checks ----------------------------------------------------------------------------------


def faults(record: Any) -> list[str]:
    """All that breaks the contract in a record; empty where nothing does."""
    return [*_report_faults(record.report), *_id_faults(record), *_entry_faults(record)]


def _report_faults(report: Any) -> Iterator[str]:
    if not report.id:
        yield "report.id: '' is empty"
    try:
        report.text.encode("utf-8")
    except UnicodeEncodeError as error:
        yield f"report.text: a lone surrogate at {error.start} is no character"


def _id_faults(record: Any) -> Iterator[str]:
    seen = {"author"}
    for entry in record.entries():
        if entry.id in seen or not entry.id:
            yield f"id {entry.id!r} is empty, taken twice, or 'author'"
        seen.add(entry.id)
    inner = {one.id: one.within for one in record.statements}
    for statement in record.statements:
        if _circular(statement, inner):
            yield f"statements[{statement.id}].within: {statement.within!r} leads back to it"


def _circular(statement: Any, inner: Mapping[str, str | None]) -> bool:
    at, steps = statement.within, 0
    while at in inner and at != statement.id and steps <= len(inner):
        at, steps = inner[at], steps + 1
    return bool(at == statement.id)


def _entry_faults(record: Any) -> Iterator[str]:
    names = _Names(record)
    for layer in _fields(type(record)):
        if layer.name != "report":
            for k, entry in enumerate(getattr(record, layer.name)):
                yield from _faults_in(entry, f"{layer.name}[{getattr(entry, 'id', k)}]", names)


class _Names:
    """What each kind of reference may name in one record."""

    def __init__(self, record: Any) -> None:
        self.text: str = record.report.text
        statements = {one.id for one in record.statements}
        entries = {one.id for one in record.entries()}
        self.of = {
            "actor": {one.id for one in record.actors},
            "statement": statements,
            "entry": entries,
            "voice": {"author", *statements},
            "terms": {term.id for proposal in record.proposals for term in proposal.terms},
        }


def _faults_in(entry: Any, where: Where, names: _Names) -> Iterator[str]:
    for f in _fields(type(entry)):
        value = getattr(entry, f.name)
        if f.words and value not in f.words:
            yield f"{where}.{f.name}: {value!r} is none of {', '.join(f.words)}"
        elif f.ref is not None:
            yield from _ref_faults(f, value, f"{where}.{f.name}", names)
        elif f.name in ("value", "upper", "confidence"):
            if value is not None and not _finite(value):
                yield f"{where}.{f.name}: {value!r} is no finite number"
        elif f.name == "terms":
            for term in value:
                yield from _faults_in(term, f"{where}.{term.id}", names)
        else:
            yield from _span_faults(f, value, f"{where}.{f.name}", names.text)


def _finite(value: float) -> bool:
    """Whether a number is one, and fits where all programs keep numbers."""
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number past what a float holds
        return False


def _ref_faults(f: _Field, value: Any, where: Where, names: _Names) -> Iterator[str]:
    assert f.ref is not None
    legal = names.of[f.ref.to]
    for id in _flat(value):
        if id not in legal:
            known = ", ".join(sorted(legal)) or "none"
            yield f"{where}: {id!r} is no {f.ref.to}'s id; there are: {known}"


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _flat(one)
    elif value is not None:
        yield value


def _span_faults(f: _Field, value: Any, where: Where, text: str) -> Iterator[str]:
    spans = value if isinstance(value, tuple) else (value,)
    if f.name == "content" and not spans:
        yield f"{where}: a statement wants at least one span"
    for span in spans:
        if hasattr(span, "start") and not _stands(span, text):
            found = text[max(span.start, 0) : max(span.end, 0)]
            yield f"{where}: {span.start}:{span.end} holds {found!r}, not {span.text!r}"


def _stands(span: Any, text: str) -> bool:
    return bool(
        0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text
    )

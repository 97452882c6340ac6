"""The schema of a record, from the classes that are its contract."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.record import Record
from onrecord.serve.api.shapes import Shape

_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", NoneType: "null"}


def schemas() -> dict[str, Shape]:
    """The schemas of `Record` and of all that it holds, by name."""
    found: dict[str, Shape] = {}
    _class(Record, found)
    return found


def _class(kind: Any, found: dict[str, Shape]) -> Shape:
    """A reference to a class's schema, which it puts among those found."""
    if kind.__name__ not in found:
        hints = get_type_hints(kind, include_extras=True)
        made = {f.name: _shape(hints[f.name], found) for f in fields(kind) if f.init}
        found[kind.__name__] = {
            "type": "object",
            "description": (kind.__doc__ or "").partition("\n")[0],
            "properties": made,
            "required": list(made),
        }
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _shape(hint: Any, found: dict[str, Shape]) -> Shape:
    kind, given = get_origin(hint), get_args(hint)
    if kind is Annotated:
        return _shape(given[0], found)
    if kind is Literal:
        return {"type": "string", "enum": list(given)}
    if kind is tuple and given[-1] is Ellipsis:
        return {"type": "array", "items": _shape(given[0], found)}
    if kind is tuple:
        return _pair([_shape(one, found) for one in given])
    if kind in (Union, UnionType):
        return _union([_shape(one, found) for one in given])
    if is_dataclass(hint):
        return _class(hint, found)
    return {"type": _PLAIN[hint]}


def _pair(shapes: list[Shape]) -> Shape:
    return {
        "type": "array",
        "prefixItems": shapes,
        "minItems": len(shapes),
        "maxItems": len(shapes),
    }


def _union(shapes: list[Shape]) -> Shape:
    plain = [one["type"] for one in shapes if list(one) == ["type"]]
    return {"type": plain} if len(plain) == len(shapes) else {"anyOf": shapes}

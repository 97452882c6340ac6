"""Records and raw sources in few bytes."""

import json
import zlib
from collections import OrderedDict
from dataclasses import fields
from functools import lru_cache
from threading import Lock
from typing import Any

from onrecord.errors import StoreError
from onrecord.record import Record, Report

_LEVEL = 6


_KNOWN: OrderedDict[tuple[bytes, str], Record] = OrderedDict()
_MOST = 64
"""Records that are kept unpacked: what was just stored is read again at once by the linking, and
making a record of JSON takes as long as storing it."""


def pack(record: Record) -> bytes:
    """The record without its text, as packed JSON."""
    whole = json.dumps(record, default=_plain, ensure_ascii=False, separators=(",", ":"))
    body = squeeze(whole.encode("utf-8"))
    _keep((body, record.text), record)
    return body


def _plain(part: Any) -> dict[str, Any]:
    """A record or a part of one as JSON's types, its text left out; the encoder goes on inside."""
    return {name: getattr(part, name) for name in _names(part.__class__)}


@lru_cache(maxsize=50)
def _names(kind: type[Any]) -> tuple[str, ...]:
    left_out = {"text"} if kind is Report else set()
    return tuple(one.name for one in fields(kind) if one.init and one.name not in left_out)


_ONE = Lock()
"""Held by the one thread that changes what is known: readers and keepers of records may be many."""


def _keep(key: tuple[bytes, str], record: Record) -> None:
    with _ONE:
        _KNOWN[key] = record
        _KNOWN.move_to_end(key)
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)


def unpack(body: bytes, text: str) -> Record:
    """The record that `pack` gave `body` for; raises `StoreError` where the bytes are damaged."""
    known = _KNOWN.get((body, text))
    if known is not None:
        return known
    try:
        data: dict[str, Any] = json.loads(stretch(body))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"a packed record is damaged: {error}") from error
    data["report"]["text"] = text
    record = Record.from_dict(data)
    _keep((body, text), record)
    return record


def squeeze(data: bytes) -> bytes:
    """`data`, packed."""
    return zlib.compress(data, _LEVEL)


def stretch(data: bytes) -> bytes:
    """What `squeeze` gave `data` for."""
    return zlib.decompress(data)

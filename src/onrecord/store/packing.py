"""Records and raw sources in few bytes."""

import json
import zlib
from typing import Any

from onrecord.errors import StoreError
from onrecord.record import Record

_LEVEL = 6


def pack(record: Record) -> bytes:
    """The record without its text, as packed JSON."""
    data = record.to_dict()
    data["report"] = {k: v for k, v in data["report"].items() if k != "text"}
    return squeeze(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def unpack(body: bytes, text: str) -> Record:
    """The record that `pack` gave `body` for; raises `StoreError` where the bytes are damaged."""
    try:
        data: dict[str, Any] = json.loads(stretch(body))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"a packed record is damaged: {error}") from error
    data["report"]["text"] = text
    return Record.from_dict(data)


def squeeze(data: bytes) -> bytes:
    """`data`, packed."""
    return zlib.compress(data, _LEVEL)


def stretch(data: bytes) -> bytes:
    """What `squeeze` gave `data` for."""
    return zlib.decompress(data)

"""What the tests share: a record made by hand for an example report in an invented conflict."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import Record

ROOT = Path(__file__).parent.parent
TRUCE = Path(__file__).parent / "fixtures" / "truce.json"
RecordMaker = Callable[..., Record]


@pytest.fixture
def data() -> dict[str, Any]:
    """The record of `examples/truce.txt` as JSON's types, fresh for each test."""
    loaded: dict[str, Any] = json.loads(TRUCE.read_text("utf-8"))
    return loaded


@pytest.fixture
def record(data: dict[str, Any]) -> Record:
    """The record of `examples/truce.txt`."""
    return Record.from_dict(data)

"""What the tests share: a record made by hand for an example report in an invented conflict."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.store.fixtures import pytest_terminal_summary, server, store, url

from onrecord.record import Record

__all__ = ["pytest_terminal_summary", "server", "store", "url"]

ROOT = Path(__file__).parent.parent
TRUCE = Path(__file__).parent / "fixtures" / "truce.json"

_BUSY = [HealthCheck.too_slow]  # a machine with other work isn't a fault of the tests
settings.register_profile("quick", max_examples=25, deadline=None, suppress_health_check=_BUSY)
settings.register_profile("thorough", max_examples=500, deadline=None, suppress_health_check=_BUSY)
settings.load_profile(os.environ.get("ONRECORD_HYPOTHESIS", "quick"))


@pytest.fixture
def data() -> dict[str, Any]:
    """The record of `examples/truce.txt` as JSON's types, fresh for each test."""
    loaded: dict[str, Any] = json.loads(TRUCE.read_text("utf-8"))
    return loaded


@pytest.fixture
def record(data: dict[str, Any]) -> Record:
    """The record of `examples/truce.txt`."""
    return Record.from_dict(data)

"""Records in an invented conflict, made of whatever a test says."""

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.record import Record

Make = Callable[..., Record]


def spanned(text: str, value: Any) -> Any:
    """A value in which `{"at": words}` has become the span of these words."""
    if isinstance(value, dict) and set(value) == {"at"}:
        start = text.index(value["at"])
        return {"start": start, "end": start + len(value["at"]), "text": value["at"]}
    if isinstance(value, dict):
        return {key: spanned(text, inner) for key, inner in value.items()}
    return [spanned(text, inner) for inner in value] if isinstance(value, list) else value


BLANK: dict[str, dict[str, Any]] = {
    "statements": {
        "cue": None, "source": None, "speaker": [], "mode": "indirect", "authority": "unnamed",
        "via": [], "to": [], "within": None, "about": [],
    },
    "events": {
        "actors": [], "recipients": [], "where": None, "when": None, "voice": "author",
        "status": "actual",
    },
    "figures": {"upper": None, "who": None, "when": None, "voice": "author"},
}  # fmt: skip
"""What a test needn't say of an entry."""
LAYERS = ("actors", "statements", "events", "proposals", "positions", "figures", "headline")


@pytest.fixture
def make() -> Make:
    """Makes a record: `make(text, actors=..., events=...)`, with `{"at": words}` for spans."""

    def made(text: str, *, id: str = "r", published: str | None = None, **layers: Any) -> Record:
        report = {"id": id, "text": text, "published": published, "publisher": "Coastal Wire"}
        full = {
            layer: [{**BLANK.get(layer, {}), **entry} for entry in layers.get(layer, [])]
            for layer in LAYERS
        }
        return Record.from_dict({"report": report, **spanned(text, full)})

    return made


def actor(id: str, name: str, kind: str, *aliases: str, **more: Any) -> dict[str, Any]:
    """An actor of a record."""
    blank = {"of": None, "role": None}
    return {"id": id, "name": name, "kind": kind, "aliases": list(aliases), **blank, **more}

"""What makes the reader of a worker."""

import importlib
from pathlib import Path
from typing import cast

from onrecord.running.batch import Reading
from onrecord.running.work import Settings


def shipped(model: str | None) -> Reading:
    """The reader with the shipped model, or with that in a folder; raises `ModelError`."""
    from onrecord.reading.shipped import ShippedReader  # loads onnxruntime and the model

    return ShippedReader(Path(model) if model else None)


def made(settings: Settings) -> Reading:
    """The reader that the settings name; raises `ModelError` where it can't start."""
    module, _, name = settings.reader.partition(":")
    return cast(Reading, getattr(importlib.import_module(module), name)(settings.model))

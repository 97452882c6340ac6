"""One reader for all who want a text read, loaded with the first one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from onrecord.record import Record
from onrecord.store.adding import Reading


class SharedReader:
    """A reader that many threads may ask: one text at a time, so that nobody waits for a batch."""

    def __init__(self, make: Callable[[], Reading]) -> None:
        self._make = make
        self._made: Reading | None = None
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The reader's version; loads it."""
        with self._lock:
            return self._reader().version

    def read(self, text: str, **known: str | None) -> Record:
        """The record of a text; raises `ModelError` where the reader can't start."""
        with self._lock:
            return self._reader().read(text, **known)

    def _reader(self) -> Reading:
        if self._made is None:
            self._made = self._make()
        return self._made


def shipped() -> Reading:
    """The reader in the package."""
    from onrecord.reading.shipped import ShippedReader  # loads the model's libraries

    return ShippedReader()

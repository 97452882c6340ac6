"""The reader with its version, as what is written beside the records that it makes."""

import hashlib
from pathlib import Path

from onrecord import __version__
from onrecord.reading.network import model_folder
from onrecord.reading.reader import Reader
from onrecord.record import Record


class ShippedReader:
    """A loaded reader, and what it calls itself."""

    def __init__(self, folder: Path | None = None) -> None:
        """Loads the shipped model, or that in `folder`; raises `ModelError`."""
        self._reader = Reader.load(folder, threads=1)
        model = (folder or model_folder()) / "reader.onnx"
        digest = hashlib.sha256(model.read_bytes()).hexdigest()[:8]
        self.version = f"onrecord {__version__} model {digest}"

    def read(self, text: str, **known: str | None) -> Record:
        """The record of a text; `known` has title, published, publisher and id."""
        title, published = known.get("title"), known.get("published")
        publisher, id = known.get("publisher"), known.get("id")
        return self._reader.read(text, title=title, published=published, publisher=publisher, id=id)

"""Everything that onrecord raises on purpose.

The tree::

    OnrecordError                 catch this to catch all of them
    ├── RecordError               a record breaks its contract (also a ValueError)
    ├── IntakeError               an input gives no text to read
    │   ├── SourceNotFound        the file or folder isn't there or can't be opened
    │   ├── FetchFailed           the URL gave no page
    │   ├── UnsupportedInput      the bytes are neither text nor HTML nor PDF
    │   └── EmptyInput            there is nothing in it to read
    ├── StoreError                 the store can't be opened, read or written
    │   ├── StoreVersionError      it was written by a newer onrecord
    │   └── ReviewOvertaken        somebody decided about the same thing meanwhile
    ├── ModelError                the shipped model is missing, damaged or of another version
    ├── RunError                  a run over a corpus can't begin, or had to stop
    ├── EvaluationError           a corpus isn't what its suite expects, or a floor would be lowered
    ├── ExportError               a record can't be written in the form or to the place asked for
    └── ServeError                the server can't start as it was told to

Every message names the fault, the value that has it, and what would be legal.
"""


class OnrecordError(Exception):
    """The root of the tree."""


class RecordError(OnrecordError, ValueError):
    """A record breaks its contract: a wrong word, a span that isn't there, an id without entry."""


class IntakeError(OnrecordError):
    """An input gives no text to read."""


class SourceNotFound(IntakeError):
    """The file or folder isn't there, or can't be opened."""


class FetchFailed(IntakeError):
    """The URL gave no page."""


class UnsupportedInput(IntakeError):
    """The bytes are neither text nor HTML nor PDF."""


class EmptyInput(IntakeError):
    """There is nothing in the input to read."""


class StoreError(OnrecordError):
    """The store can't be opened, read or written."""


class StoreVersionError(StoreError):
    """The store was written by a newer onrecord than this one."""


class ReviewOvertaken(StoreError):
    """Somebody else decided about it after it was looked at."""


class ModelError(OnrecordError):
    """The shipped model is missing, damaged, or of another version."""


class RunError(OnrecordError):
    """A run over a corpus can't begin, or had to stop; what it has done is kept."""


class EvaluationError(OnrecordError):
    """A corpus isn't what its suite expects, or a floor would be lowered."""


class ExportError(OnrecordError):
    """A record can't be written in the form or to the place asked for."""


class ServeError(OnrecordError):
    """The server can't start as it was told to."""

"""onrecord reads news reports of conflicts and negotiations and keeps the record straight."""

from onrecord.errors import OnrecordError
from onrecord.record import Record

__version__ = "0.1.0"

__all__ = ["OnrecordError", "Record", "__version__"]

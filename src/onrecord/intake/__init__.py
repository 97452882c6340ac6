"""From a file, a page or a stream to a document that can be read.

`load` takes a path or a URL, `from_bytes` what came from elsewhere. Plain text, HTML, PDF and
records written by onrecord are told apart by what is in them, never by their names.
"""

from pathlib import Path

from onrecord.errors import SourceNotFound
from onrecord.intake import web
from onrecord.intake.document import Document
from onrecord.intake.recognise import from_bytes

__all__ = ["Document", "from_bytes", "is_url", "load"]

is_url = web.is_url


def load(source: str | Path) -> Document:
    """The document at a path or an http(s) URL.

    Raises `SourceNotFound`, `FetchFailed`, `UnsupportedInput` or `EmptyInput`.
    """
    if is_url(str(source)):
        page = web.fetch(str(source))
        return from_bytes(page.data, name=page.url, url=page.url, charset=page.charset)
    path = Path(source)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceNotFound(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceNotFound(f"{path}: can't be opened: {reason}") from error
    return from_bytes(data, name=str(path))

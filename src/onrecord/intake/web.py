"""Fetches a page."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException

from onrecord.errors import FetchFailed

SECONDS = 20
"""How long a server may stay silent."""
LARGEST = 32 * 1024 * 1024
"""Bytes beyond which a page isn't a report."""
_AGENT = "Mozilla/5.0 (compatible; onrecord; reads one page at a user's request)"


@dataclass(frozen=True, slots=True)
class Page:
    """What a server gave: the bytes, the address after redirections, the encoding it names."""

    data: bytes
    url: str
    charset: str | None


def is_url(source: str) -> bool:
    """Whether `source` is the address of a page rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def fetch(url: str) -> Page:
    """The page at `url`; raises `FetchFailed` with the server's or the network's reason."""
    try:
        request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            data = answer.read(LARGEST + 1)
            page = Page(data, answer.geturl(), answer.headers.get_content_charset())
    except urllib.error.HTTPError as error:
        raise FetchFailed(f"{url}: the server answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise FetchFailed(f"{url}: can't be reached: {error.reason}") from error
    except (OSError, ValueError, HTTPException) as error:
        raise FetchFailed(f"{url}: can't be fetched: {error or type(error).__name__}") from error
    if len(data) > LARGEST:
        raise FetchFailed(f"{url}: longer than {LARGEST >> 20} MB, which no report is")
    return page

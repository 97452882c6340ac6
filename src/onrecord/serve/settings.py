"""What a server is told when it starts: where it listens, who may write, what it bounds."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.errors import ServeError

_MB = 1024 * 1024

SHORTEST_TOKEN = 16
"""Characters that a token must have: 80 bits, where it is made of letters and digits at random."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One server's settings. Sizes are in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8080
    tokens: Mapping[str, str] = field(default_factory=dict)
    """Whose token it is (empty: nobody's in particular) by token. Without any, nobody can write."""
    hosts: tuple[str, ...] = ()
    """Names under which the server is reached, besides its addresses and `localhost`."""
    https: bool = False
    """Whether it is reached over HTTPS, by way of a proxy: cookies are then sent only so."""
    allow_private_addresses: bool = False
    """Whether addresses given to fetch may lie on loopback or private networks."""
    largest_body: int = 64 * _MB
    largest_text: int = 8 * _MB
    """Of a text that is pasted or sent to be read."""
    most_files: int = 1000
    largest_unpacked: int = 256 * _MB
    """Of all that an upload's archives hold together."""
    upload_seconds: float = 120.0
    fetch_seconds: float = 30.0
    largest_page: int = 16 * _MB
    """Of an answer to a fetch."""
    waiting_jobs: int = 16
    session_seconds: int = 12 * 3600
    threads: int = 4
    """Requests that the server itself works on at a time."""
    processes: int = 0
    """Processes beside the server that make pages; 0: the server makes them itself."""
    remembered: int = 64 * _MB
    """Of answers that are kept to be given again while the store stays as it is."""

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether `host` is a name or address of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check(settings: Settings) -> None:
    """Raises `ServeError` where a server with these settings would be open to anybody."""
    short = [token for token in settings.tokens if len(token) < SHORTEST_TOKEN]
    if short:
        lengths = ", ".join(str(len(token)) for token in short)
        raise ServeError(
            f"a token of {lengths} characters can be guessed; wants {SHORTEST_TOKEN} or more"
        )
    if not settings.loopback and not settings.tokens:
        raise ServeError(
            f"{settings.host}: others reach this address, and there are no credentials; "
            "give --token-file (or --token), or listen on 127.0.0.1"
        )

"""`onrecord serve`: pages and an HTTP API over the store."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from onrecord.cli.asking import store_option
from onrecord.errors import ServeError
from onrecord.serve.settings import Settings, check, is_loopback

_HELP = """\
Open pages over a store, and an HTTP API: read reports beside their records, see where the parties
stand, correct what is wrong.

Reading is open on this machine. Whoever writes signs in with a token: the one printed here, or
yours. On any other address than a loopback one the server refuses to start without one, and
reading wants it too.

\b
A token file has a token a line (16 characters or more), a name before it where it is somebody's:
  ana Tm9ib2R5IGd1ZXNzZXMgbWU
  bo  c29tZXRoaW5nIGVsc2UgYWw

\b
Examples:
  onrecord serve
  onrecord serve --store talks.db --port 9000
  onrecord serve --host 0.0.0.0 --token-file tokens.txt --allow-host onrecord.example.org --https

\b
Exit codes:
  0  stopped, by Ctrl-C or a signal
  1  the store can't be opened, or the server would be open to anybody
  2  wrong options
"""


@click.command("serve", help=_HELP)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", "-p", type=click.IntRange(1, 65535), default=8080, show_default=True, help="The port."
)
@click.option(
    "--token",
    "tokens",
    multiple=True,
    envvar="ONRECORD_TOKEN",
    metavar="[NAME:]TOKEN",
    help="A token, and whose (also: ONRECORD_TOKEN).",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of tokens; others see the options of a command, a file they needn't.",
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A name the server has elsewhere."
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Let addresses given to fetch lie on loopback and private networks.",
)
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=lambda: min(os.cpu_count() or 1, 4),
    show_default="one a processor, at most 4",
    help="Processes beside the server that make pages; 0: none.",
)
@click.option("--https", is_flag=True, help="It is reached over HTTPS, by way of a proxy.")
def serve(
    store: str,
    host: str,
    port: int,
    tokens: tuple[str, ...],
    token_file: Path | None,
    hosts: tuple[str, ...],
    allow_private: bool,
    processes: int,
    https: bool,
) -> None:
    """Serves until it is stopped."""
    given = dict(_token(line) for line in (*tokens, *_lines(token_file)))
    if not given and is_loopback(host):
        given = {secrets.token_urlsafe(18): ""}
    settings = Settings(
        host=host,
        port=port,
        hosts=hosts,
        https=https,
        tokens=given,
        allow_private_addresses=allow_private,
        processes=processes,
    )
    check(settings)
    _run(store, settings)


def _lines(file: Path | None) -> list[str]:
    """The tokens of a file, in the form of the option."""
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServeError(f"{file}: can't be read: {error}") from error
    words = (line.split() for line in lines if line.strip() and not line.startswith("#"))
    return [":".join((" ".join(some[:-1]), some[-1])) for some in words]


def _token(given: str) -> tuple[str, str]:
    """A token and whose it is."""
    name, colon, token = given.rpartition(":")
    return (token, name.strip()) if colon else (given, "")


def _run(store: str, settings: Settings) -> None:
    """Opens the store and serves it."""
    import uvicorn  # with all of the server: not where only --help is asked for

    from onrecord.serve import create_app
    from onrecord.store import Store

    with Store.open(store) as opened:
        app = create_app(store=opened, settings=settings)
        _tell(settings, opened.url)
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
        )


def _tell(settings: Settings, store: str) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    at = f"http://{host}:{settings.port}/"
    click.echo(f"{store}: {at}", err=True)
    unnamed = [token for token, who in settings.tokens.items() if not who]
    if settings.loopback and len(settings.tokens) == len(unnamed) == 1:
        click.echo(f"To add and review, sign in: {at}sign-in#{unnamed[0]}", err=True)
    click.echo("Ctrl-C stops it", err=True)

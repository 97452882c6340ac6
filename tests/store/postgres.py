"""Starts a PostgreSQL server of its own for the tests, on a free port, in a temporary folder.

As a script it runs a server until it is interrupted, and prints its URL:
``python -m tests.store.postgres``.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
"""Settings for a server whose data nobody will miss."""

USER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it isn't installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    for place in _PLACES:
        found = sorted(Path("/").glob(f"{place[1:]}/initdb"))
        if found:
            return found[-1].parent
    return None


@contextmanager
def server(*, settings: Sequence[str] = _QUICK, folder: str | Path | None = None) -> Iterator[str]:
    """The URL of a new, empty server; stopped at the end; `RuntimeError` where none starts.

    Its files lie in `folder`, by default where temporary ones do.
    """
    installed = programs()
    if installed is None:
        raise RuntimeError("PostgreSQL isn't installed (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-", dir=folder) as place:
        data = Path(place) / "data"
        Path(place).chmod(0o777)
        _run(
            [f"{installed}/initdb", "-D", str(data), "-U", USER, "-A", "trust", "-N", "-E", "UTF8"]
        )
        port = _free_port()
        set_ = " ".join(f"-c {setting}" for setting in settings)
        given = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 {set_}"
        log = f"{place}/log"
        _run([f"{installed}/pg_ctl", "-D", str(data), "-l", log, "-o", given, "-w", "start"])
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _run([f"{installed}/pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop"])


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _run(command: list[str]) -> None:
    """Runs a program of PostgreSQL's, as its own user where we are root: it refuses root."""
    if os.name == "posix" and os.geteuid() == 0:
        command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stderr.strip() or done.stdout.strip()}")


if __name__ == "__main__":
    import threading

    with server() as url:
        print(url, flush=True)
        threading.Event().wait()

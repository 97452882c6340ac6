"""The wheel, as a user gets it: in an environment that has nothing else.

Building the environment fetches every dependency, which takes minutes and a registry; so this runs
where it is asked for: `ONRECORD_WHEEL=1 make test`.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    not os.environ.get("ONRECORD_WHEEL"), reason="NOT TESTED: the wheel (set ONRECORD_WHEEL=1)"
)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment into which the wheel is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(folder / "env", with_pip=True)
    found = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    [wheel] = folder.glob("onrecord-*.whl")
    install = [str(found / "python"), "-m", "pip", "install", "-q", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, cwd=folder)
    return found


def call(env: Path, *arguments: str) -> str:
    """What a command prints, run away from the sources."""
    command = [str(env / arguments[0]), *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_reads_a_report_with_the_weights_that_it_holds(env: Path) -> None:
    printed = call(env, "onrecord", "read", str(ROOT / "examples" / "truce.txt"), "-f", "json")
    record = json.loads(printed)
    assert len(record["statements"]) > 5
    where = call(env, "python", "-c", "import onrecord; print(onrecord.__file__)")
    assert str(ROOT) not in where


def test_nothing_for_developers_is_needed(env: Path) -> None:
    call(env, "python", "-m", "pip", "check")
    names = {row["name"].lower() for row in json.loads(
        call(env, "python", "-m", "pip", "list", "--format", "json"))}  # fmt: skip
    assert not names & {"pytest", "torch", "ruff", "mypy", "hypothesis", "textacy", "ray"}


def test_every_command_starts(env: Path) -> None:
    commands = call(env, "python", "-c", "from onrecord.cli import _COMMANDS; print(*_COMMANDS)")
    for name in commands.split():
        assert "Usage" in call(env, "onrecord", name, "--help")


def test_a_run_s_workers_find_it(env: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "The Front rejected a truce, Kaldia said."}\n')
    out = tmp_path / "out"
    call(env, "onrecord", "run", str(tmp_path / "in.jsonl"), "--out", str(out), "-w", "1")
    assert json.loads((out / "manifest.json").read_text())["totals"]["reports"] == 1


@pytest.fixture(scope="module")
def server(env: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over an empty store, run from the wheel."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = tmp_path_factory.mktemp("served") / "talks.db"
    command = [str(env / "onrecord"), "serve", "--store", str(store), "--port", str(port)]
    process = subprocess.Popen(command, cwd=env, stderr=subprocess.DEVNULL)
    try:
        yield _up(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _up(address: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"{address} doesn't answer")


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode("utf-8", "replace")
    return text


def test_its_server_has_its_pages_and_all_that_they_ask_for(server: str) -> None:
    page = fetched(f"{server}/")
    assert "onrecord" in page
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert asked
    for place in asked:
        assert fetched(f"{server}{place}")
    assert json.loads(fetched(f"{server}/api/v1/openapi.json"))["paths"]

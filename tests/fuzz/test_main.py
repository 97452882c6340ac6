import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from fuzz import __main__ as command

SAID = """
 === Uncaught Python exception: ===
ValueError: embedded null character
Traceback (most recent call last):
  File "decoding.py", line 97, in _declared
==12== ERROR: libFuzzer: fuzz target exited
0xff,0xfe
stat::number_of_executed_units: 36
"""


def test_what_is_found_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        [prefix] = [one.partition("=")[2] for one in arguments if "artifact_prefix" in one]
        (Path(prefix) / "crash-1").write_bytes(b"\xff\xfe")
        return subprocess.CompletedProcess(arguments, 77, "", SAID)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(command, "BUILD", tmp_path / "build")
    monkeypatch.setattr(command, "SEEDS", tmp_path / "seeds")
    monkeypatch.setattr(command, "find_spec", lambda name: True)
    (tmp_path / "seeds" / "encodings").mkdir(parents=True)
    done = CliRunner().invoke(command.main, ["encodings"])
    assert done.exit_code == 1
    assert "encodings: 36 inputs, FOUND" in done.output
    assert "embedded null character" in done.output
    assert "0xff" not in done.output
    [kept] = (tmp_path / "seeds" / "encodings").iterdir()
    assert kept.read_bytes() == b"\xff\xfe"


def test_without_atheris_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    done = CliRunner().invoke(command.main, ["encodings"])
    assert done.exit_code == 1
    assert "pip install atheris" in done.output

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.conftest import TRUCE

from onrecord import __version__, cli
from onrecord.cli import main


def test_the_version_is_the_package_s() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"onrecord, version {__version__}\n"


def test_every_command_has_help_with_examples_and_exit_codes() -> None:
    for name in cli._COMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, name
        assert "Examples:" in result.stdout, name
        assert "Exit codes:" in result.stdout, name


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["write"]).exit_code == 2


@pytest.mark.parametrize("args", [["-m", "onrecord", "--help"], ["-m", "onrecord", "read", "-h"]])
def test_help_loads_neither_the_model_nor_its_libraries(args: list[str]) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['onrecord', *{args[2:]!r}]\n"
        "try:\n    runpy.run_module('onrecord', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print(sorted({'onnxruntime', 'spacy', 'torch', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_terminal_of_any_encoding_shows_a_record(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "read", str(TRUCE)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    out = done.stdout.decode(encoding)
    assert "HEADLINE AGAINST TEXT" in out
    assert "x denies" in out

"""What is wrong with the machine: a disk that is full in the middle, clocks that jump."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.running.fakes import corpus, plan, tree

from onrecord.errors import RunError
from onrecord.running import files, markers, run


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("NOT TESTED: a disk that is full (mounting one wants Linux and root)")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_in_the_middle_ends_the_run_which_goes_on_with_room(
    tmp_path: Path, disk: Path
) -> None:
    source = corpus(tmp_path / "in.jsonl", 60)
    run(plan([source], tmp_path / "expected"))
    with pytest.raises(RunError, match="No space left on device"):
        run(plan([source], disk / "out"))
    done = len(markers.done(disk / "out"))
    assert 0 < done < len(markers.done(tmp_path / "expected"))
    assert not list(disk.rglob(f"*{files.PART}*"))
    subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
    assert run(plan([source], disk / "out")).resumed == done
    assert tree(disk / "out") == tree(tmp_path / "expected")


_JUMPS = """
    import datetime, itertools, time

    jumps = itertools.cycle((0, 10**9, -(10**9), 86_400, 2**33))
    now, number = time.time, itertools.count()

    def jumping():
        next(number)
        return now() + next(jumps)

    time.time = jumping
    time.time_ns = lambda: int(jumping() * 1e9)
"""


def test_clocks_that_jump_change_nothing(tmp_path: Path) -> None:
    """In the driver and in its workers, the clock of the day jumps by years at every look."""
    source = corpus(tmp_path / "in.jsonl", 30)
    run(plan([source], tmp_path / "expected"))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "sitecustomize.py").write_text(textwrap.dedent(_JUMPS))
    path = os.pathsep.join([str(tmp_path / "own"), *sys.path])
    command = [sys.executable, "-m", "tests.running.fakes", str(source), str(tmp_path / "out")]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "30"
    assert tree(tmp_path / "out") == tree(tmp_path / "expected")

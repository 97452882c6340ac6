"""Every benchmark is told of."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.docs import pages


def test_every_benchmark_that_is_a_program_is_on_the_page() -> None:
    told = pages.text("benchmarks.md")
    for path in (ROOT / "benchmarks").glob("*.py"):
        whole = path.read_text("utf-8")
        if 'if __name__ == "__main__"' in whole and path.stem not in ("__main__", "worker"):
            assert f"python -m benchmarks.{path.stem} " in told, path.stem

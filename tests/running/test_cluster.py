"""The same run on Ray: one machine that is a cluster, and the loss of what it has."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.running.fakes import corpus, plan, settings, tree

from onrecord.errors import RunError
from onrecord.running import cluster, files, run
from onrecord.running.cluster import Cluster
from onrecord.running.local import Local
from onrecord.running.shards import Shard, survey

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="NOT TESTED: runs on Ray (pip install 'onrecord[cluster]')",
)


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cluster of two cores that the tests share: it takes seconds to start."""
    with Cluster(settings(tmp_path_factory.mktemp("none")), address=cluster.LOCAL, workers=2):
        yield


@needs_ray
def test_bytes_are_those_of_a_local_run(tmp_path: Path, joined: None) -> None:
    source = corpus(tmp_path / "in.jsonl", 40)
    bad = corpus(tmp_path / "bad.jsonl", 2, extra="BROKEN", first=100)
    here = run(plan([source, bad], tmp_path / "here"))
    there = run(plan([source, bad], tmp_path / "there", ray=cluster.LOCAL, workers=2))
    assert (there.reports, there.problems) == (here.reports, here.problems)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


@needs_ray
def test_actors_that_are_lost_are_replaced(tmp_path: Path, joined: None) -> None:
    shards = survey(str(corpus(tmp_path / "in.jsonl", 60, extra="TAKES time.")), size=1500).shards
    with Local(settings(tmp_path / "here"), workers=1) as pool:
        list(pool.run(shards))
    did = list(_losing_one(tmp_path, shards))
    assert "replaced" in did
    assert did.count("done") == len(shards)
    files.sweep(tmp_path / "there")  # as a run does at its end
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def _losing_one(tmp_path: Path, shards: tuple[Shard, ...]) -> Iterator[str]:
    with Cluster(settings(tmp_path / "there"), address=cluster.LOCAL, workers=2) as pool:
        for n, event in enumerate(pool.run(shards)):
            if n == 1:
                pool.ray.kill(next(iter(pool.actors.values())))
            yield event.did


@needs_ray
def test_a_node_that_is_lost_leaves_its_work_to_the_others(tmp_path: Path) -> None:
    """With no core free for another actor: the one that is left reads all there is."""
    source = corpus(tmp_path / "in.jsonl", 120, extra="TAKES time.")
    run(plan([source], tmp_path / "here"))
    command = [sys.executable, "-m", "tests.running.lost", str(source), str(tmp_path / "there")]
    done = subprocess.run(
        [*command, "node"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["reports"] == 120
    assert told["replaced"] >= 1
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_without_ray_one_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(RunError, match=r"onrecord\[cluster\]"):
        run(plan([corpus(tmp_path / "a.jsonl", 2)], tmp_path / "out", ray="auto"))

from dataclasses import replace
from pathlib import Path

import pytest
from tests.running.fakes import corpus, settings

import onrecord
from onrecord.errors import ModelError, RunError
from onrecord.running import manifest
from onrecord.running.manifest import Manifest
from onrecord.running.shards import survey
from onrecord.running.work import SHIPPED


@pytest.fixture
def made(tmp_path: Path) -> Manifest:
    source = survey(str(corpus(tmp_path / "in.jsonl", 3)))
    return manifest.begin([source], settings(tmp_path), size=100)


def test_it_comes_back(tmp_path: Path, made: Manifest) -> None:
    assert Manifest.read(tmp_path) is None
    made.write(tmp_path)
    assert Manifest.read(tmp_path) == made
    (tmp_path / manifest.NAME).write_text('{"name": "web app"}')
    with pytest.raises(RunError, match="no manifest of a run"):
        Manifest.read(tmp_path)


def test_another_version_is_refused_by_name(tmp_path: Path, made: Manifest) -> None:
    made.refuse(made, tmp_path)
    newer = replace(made, versions={**made.versions, "pyarrow": "999"})
    with pytest.raises(RunError, match=r"pyarrow: .* then, 999 now"):
        made.refuse(newer, tmp_path)


def test_inputs_may_become_more_and_not_fewer(tmp_path: Path, made: Manifest) -> None:
    other = {**made.inputs[0], "sha256": "0" * 64}
    more = replace(made, inputs=[*made.inputs, other])
    made.refuse(more, tmp_path)
    with pytest.raises(RunError, match="isn't given now"):
        more.refuse(made, tmp_path)


def test_the_code_that_makes_records_is_part_of_the_version() -> None:
    root = Path(onrecord.__file__).parent
    for pattern in manifest._MAKE:
        assert list(root.glob(pattern)), pattern


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    wanted = replace(settings(tmp_path), reader=SHIPPED, model=str(tmp_path))
    with pytest.raises(ModelError, match="holds no model"):
        manifest.versions(wanted)

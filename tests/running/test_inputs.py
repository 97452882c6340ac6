from pathlib import Path

import fsspec
import pytest

from onrecord.errors import RunError, SourceNotFound
from onrecord.running import inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.jsonl", "a.parquet", "notes.txt", "sub/c.warc.gz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def names(*places: object) -> list[str]:
    return [Path(one).name for one in inputs.addresses(map(str, places))]


def test_a_folder_gives_its_shards_and_those_below(folder: Path) -> None:
    assert names(folder) == ["a.parquet", "b.jsonl", "c.warc.gz"]


def test_what_is_named_twice_is_there_once(folder: Path) -> None:
    assert names(folder / "b.jsonl", folder / "*.jsonl", folder) == [
        "b.jsonl",
        "a.parquet",
        "c.warc.gz",
    ]


def test_a_file_that_is_named_may_be_called_anything(folder: Path) -> None:
    (folder / "odd[1].dat").write_bytes(b"x")
    assert names(folder / "notes.txt", folder / "odd[1].dat") == ["notes.txt", "odd[1].dat"]


def test_addresses_of_fsspec_are_opened(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe({"/corpus/1.jsonl": b"one", "/corpus/2.jsonl": b"two", "/corpus/x.txt": b""})
    try:
        found = inputs.addresses(["memory://corpus/*.jsonl"])
        assert inputs.addresses(["memory://corpus"]) == found
        with inputs.opened(found[1]) as file:
            assert file.read() == b"two"
        assert inputs.label(found[1]) == "2.jsonl"
    finally:
        system.rm("/corpus", recursive=True)


@pytest.mark.parametrize("place", ["none.jsonl", "none/*.jsonl", "memory://none.jsonl"])
def test_nothing_there_is_told(tmp_path: Path, place: str) -> None:
    wanted = place if "://" in place else str(tmp_path / place)
    with pytest.raises(SourceNotFound, match="there is nothing"):
        inputs.addresses([wanted])


def test_an_empty_folder_says_what_it_wants(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"\.parquet"):
        inputs.addresses([str(tmp_path)])


def test_an_address_that_fsspec_does_not_know_is_told() -> None:
    with pytest.raises(RunError, match="can't open such addresses"):
        inputs.addresses(["gopher-hole://x/y"])

"""Files that are sent: read under their names, unpacked within bounds, gone afterwards."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from tests.serve.filling import TEXT

from onrecord.intake.stream import Item
from onrecord.serve import uploads
from onrecord.serve.jobs import Job
from onrecord.serve.settings import Settings

BOUNDED = Settings(largest_unpacked=100_000, most_files=3)


def read(*files: tuple[str, bytes], settings: Settings = BOUNDED) -> list[Item]:
    upload = uploads.keep([(name, io.BytesIO(data)) for name, data in files])
    try:
        job = Job(id="1", what="files", who="Ana", single=False)
        return list(uploads.documents(upload, settings)(job))
    finally:
        upload.remove()
        assert not upload.folder.exists()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def test_files_are_read_under_the_names_they_were_sent_with() -> None:
    found = read(("talks/a.txt", TEXT.encode()), ("b.txt", TEXT.encode()))
    assert [item.place for item in found] == ["talks/a.txt", "b.txt"]
    assert all(item.document and item.document.text == TEXT for item in found)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "\x00", ""])
def test_a_name_leads_nowhere(name: str, tmp_path: Path) -> None:
    upload = uploads.keep([(name, io.BytesIO(b"A report."))])
    assert [path.name for path in upload.folder.iterdir()] == ["0"]
    assert upload.files[0].name.isprintable()
    upload.remove()


def test_archives_are_unpacked() -> None:
    found = read(
        ("two.zip", zipped(a_txt=TEXT.encode(), b_txt=b"Another report.", note_doc=b"no")),
        ("one.txt.gz", gzip.compress(TEXT.encode())),
    )
    assert [item.place for item in found] == ["two.zip: a.txt", "two.zip: b.txt", "one.txt.gz"]
    assert all(item.document for item in found)


@pytest.mark.parametrize(
    "bomb",
    [
        ("bomb.zip", zipped(a_txt=b"0" * 10_000_000)),
        ("bomb.gz", gzip.compress(b"0" * 10_000_000)),
        ("nested.zip", zipped(a_gz=gzip.compress(b"0" * 10_000_000))),
        ("many.zip", zipped(a_txt=b"a", b_txt=b"b", c_txt=b"c", d_txt=b"d")),
    ],
)
def test_an_archive_that_holds_too_much_is_refused(bomb: tuple[str, bytes]) -> None:
    found = read(bomb, ("fine.txt", TEXT.encode()))
    assert found[0].document is None
    assert "may be unpacked" in str(found[0].error) or "at most 3" in str(found[0].error)


def test_the_bound_is_on_all_archives_together() -> None:
    packed = gzip.compress(b"A report. " * 6000)
    found = read(("a.gz", packed), ("b.gz", packed))
    assert [item.document is None for item in found] == [False, True]


@pytest.mark.parametrize(
    "damaged",
    [
        ("cut.gz", gzip.compress(b"A report. " * 500)[:40]),
        ("cut.zip", zipped(a_txt=b"A report.")[:30]),
        ("empty.zip", zipped(picture_png=b"x")),
        ("no.txt", b"\x00\x01\x02\x03" * 50),
    ],
)
def test_what_is_damaged_does_not_stop_the_others(damaged: tuple[str, bytes]) -> None:
    found = read(damaged, ("fine.txt", TEXT.encode()))
    assert [item.document is None for item in found] == [True, False]
    assert damaged[0] in str(found[0].error)

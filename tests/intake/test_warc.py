import gzip
import io
from pathlib import Path

import pytest

from onrecord.errors import UnsupportedInput
from onrecord.intake import warc
from onrecord.intake.document import Document
from onrecord.intake.stream import Item, items

PAGE = (
    "<html><head><title>Front rejects truce</title></head><body><article>"
    "<p>The Front rejected a truce on Friday, two diplomats said in Brenna after the talks.</p>"
    "</article></body></html>"
)


def record(url: str, body: str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2025-05-26T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def read(tmp_path: Path, data: bytes, name: str = "a.warc") -> list[Item]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(items([str(path)]))


ARCHIVE = (
    record("https://wire.example/1", PAGE)
    + record("https://wire.example/logo.png", "x", kind="image/png")
    + record("https://wire.example/gone", PAGE, status="404 Not Found")
    + record("https://wire.example/2", PAGE.replace("Friday", "Monday"))
)


def test_the_pages_of_an_archive_are_reports_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    found = [item.document for item in read(tmp_path, ARCHIVE)]
    assert [one.name for one in found if one] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]
    assert found[0] is not None
    assert "rejected a truce on Friday" in found[0].text


def test_an_archive_packed_record_by_record_is_read_alike(tmp_path: Path) -> None:
    packed = gzip.compress(record("https://wire.example/1", PAGE)) + gzip.compress(
        record("https://wire.example/2", PAGE)
    )
    assert len(read(tmp_path, packed, "a.warc.gz")) == 2


def test_an_archive_that_is_cut_off_gives_the_pages_before_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, ARCHIVE[:-60])
    assert found[0].document is not None
    assert isinstance(found[-1].error, UnsupportedInput)
    assert "cut off" in str(found[-1].error)


def test_a_packed_archive_that_is_damaged_gives_the_pages_before(tmp_path: Path) -> None:
    packed = gzip.compress(record("https://wire.example/1", PAGE))
    found = read(tmp_path, packed + packed[:40] + b"\x00" * 200, "a.warc.gz")
    assert found[0].document is not None


@pytest.mark.parametrize("packed", [False, True])
def test_wherever_an_archive_breaks_off_it_is_told(packed: bool) -> None:
    """Cut at every seventh byte: what was whole before is given, and what isn't is told of."""
    whole = [record(f"https://wire.example/{k}", f"Story {k} of the Front.", "text/plain")
             for k in range(3)]  # fmt: skip
    whole.append(record("https://wire.example/logo.png", "x" * 40, kind="image/png"))
    parts = [gzip.compress(one) if packed else one.rstrip() for one in whole]
    between = b"" if packed else b"\r\n\r\n"
    ends = [len(between.join(parts[: k + 1])) for k in range(4)]
    for cut in range(1, ends[-1], 7):
        found = list(warc.documents(io.BytesIO(between.join(parts)[:cut]), name="a"))
        given = [one for one in found if isinstance(one, Document)]
        least = sum(cut >= end for end in ends[:3])
        assert least <= len(given) <= least + packed  # of one it packed the check sum may lack
        inside = all(not end <= cut <= end + len(between) for end in ends)
        assert [type(one) for one in found[len(given) :]] == [UnsupportedInput] * inside or (
            packed and len(given) > least and len(found) == len(given)
        )

"""Writes the seeds that fuzzing starts from: `python -m fuzz.seeding`.

They are small, one of each kind of thing that a target knows, and made here so that anybody can see
what they are. What fuzzing itself has found is kept beside them under the name of its digest.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"

_REPORT = (
    "Front rejects truce\n\nThe Front denied on Monday that it had agreed to free 20 captives, two "
    "sources told Coastal Wire. “We will not talk,” Ambassador Brenna said.\n\nKaldia’s government "
    "offered 3,000 tonnes of aid; more than 1.5 million people were displaced, the U.N. said."
)
_HTML = (
    '<html><head><meta charset="windows-1252"><title>Front rejects truce</title>'
    '<meta property="article:published_time" content="2025-05-26"></head><body><article>'
    "<h1>Front rejects truce</h1><p>The Front denied &amp; rejected it, Kaldia said.</p>"
    "<table><tr><td>20</td></tr></table><script>var a = '</p>';</script></article></body></html>"
)
_RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Coastal Wire</title><item>'
    "<title>Front rejects truce</title><link>https://example.org/a</link>"
    "<pubDate>Mon, 26 May 2025 10:00:00 +0200</pubDate>"
    "<description>&lt;p&gt;The Front denied it.&lt;/p&gt;</description></item></channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Truce</title>'
    '<link href="https://example.org/b"/><updated>2025-05-26T10:00:00Z</updated>'
    '<content type="html">&lt;p&gt;Kaldia said so.&lt;/p&gt;</content></entry></feed>'
)


def _warc(page: str, kind: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\n"
        "WARC-Date: 2025-05-26T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _pdf() -> bytes:
    shown = "BT /F1 10 Tf 50 750 Td (The Front denied it, Kaldia said.) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = "".join(f"{n} 0 obj\n{one}\nendobj\n" for n, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n".encode()


def _record() -> str:
    quoted = {"start": 4, "end": 9, "text": "Front"}
    statement = {
        "id": "s1", "content": [{"start": 10, "end": 19, "text": "denied it"}], "cue": None,
        "source": quoted, "speaker": ["a1"], "mode": "indirect", "act": "deny",
        "authority": "body", "via": [], "to": [], "within": None, "about": [],
    }  # fmt: skip
    actor: dict[str, object] = {
        "id": "a1",
        "name": "Front",
        "aliases": [],
        "kind": "group",
        "of": None,
        "role": None,
    }
    empty: dict[str, list[object]] = {
        name: [] for name in ("events", "proposals", "positions", "figures", "headline")
    }
    report = {"id": "r", "text": "The Front denied it."}
    return json.dumps({"report": report, "actors": [actor], "statements": [statement], **empty})


def seeds() -> dict[str, dict[str, bytes]]:
    """By target, seeds by name."""
    told = json.dumps({"text": _REPORT, "title": "Truce", "date": "Oct. 7, 2023", "authors": ["A"]})
    web, plain = _warc(_HTML, "text/html"), _warc(_REPORT, "text/plain")
    report = _REPORT.encode()
    return {
        "encodings": {
            "utf-8": report[:300], "utf-16": _REPORT[:200].encode("utf-16"),
            "named": b"koi8-r\n" + report[:100] + b"\xc1\xc2",
        },
        "page": {"article": _HTML.encode(), "entities": b"<p>&#0;&#x110000;&amp</p><!--<p>a"},
        "feed": {"rss": _RSS.encode(), "atom": _ATOM.encode()},
        "archive": {"pages": web + plain, "cut": web[:-90]},
        "pdf": {"page": _pdf()},
        "line": {"report": told.encode(), "record": _record().encode(), "date": b"20231007"},
        "anything": {
            "text": report, "lines": f"{told}\n{_record()}".encode(), "pdf": _pdf(),
            "packed": gzip.compress(report, mtime=0), "page": _HTML.encode(), "feed": _RSS.encode(),
        },
        "text": {
            "report": report, "titled": b"Front rejects truce\x1f" + report,
            "figures": b"More than 1.5 million of 3,000 to 4,000 killed, -1e308 per cent, \xc2\xbd",
        },
        "record": {"record": _record().encode()},
    }  # fmt: skip


def write(made: Mapping[str, Mapping[str, bytes]], folder: Path = SEEDS) -> None:
    """Writes them, a folder a target."""
    for target, some in made.items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for name, data in some.items():
            (folder / target / name).write_bytes(data)


if __name__ == "__main__":
    write(seeds())

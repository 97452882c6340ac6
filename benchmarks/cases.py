"""Inputs that mean no good, each made from a number alone.

Most are short, so that ten thousand are read in minutes; some are long.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable

from benchmarks.texts import EXAMPLES

_ODD = (
    "\u202e\u200b\u0301\ufeff\u2028\u0085\u00a0\x00\x1b\ufffd\U0001f4a3\u0660\u00b2\u00bd\u4e00\u0627"
    "“”‘’\"'`´«»()[]{}<>&;:,.!?…—–-_/\\|%$#@*+=~^\t\n\r "
)
_WORDS = (
    "said denied that the Front rejected a truce Kaldia Velmar two sources officials more than one "
    "hundred thousand million killed captives offered demanded according to would not told Reuters "
    "and , . \" “ ” ( ) : ; 's 20 3,000 1.5 per cent who which if unless reportedly"
).split(" ")
_TEXTS = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
_TAGS = ("p", "div", "table", "td", "script", "style", "h1", "article", "b", "br", "svg")
_TOO_OFTEN = (
    "a", "A.", "1", "1,", " million", "\n", "\n\n", "“", '"', "said ", ". ", "-", "Mr. ", "é",
    "not ", "http://a.", "a@", "\u0301", "1-", "No. ", "'s ", "&amp;", "\u2028", "[", "U.S.",
)  # fmt: skip
_ENCODINGS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "cp1251", "shift_jis",
    "iso2022_jp", "gb18030", "big5", "koi8-r", "mac_roman", "cp037",
)  # fmt: skip
_HEAD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/%d\r\n"
    b"WARC-Date: 2025-05-26T00:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
)

Chance = random.Random


def _size(chance: Chance, most: int) -> int:
    """A length up to `most`: as often under its root as above."""
    return int(most ** chance.random())


def _bytes(chance: Chance) -> bytes:
    return chance.randbytes(_size(chance, 4000))


def _soup(chance: Chance) -> bytes:
    """Odd characters between letters."""
    alphabet = _ODD + "abc the said " * chance.randrange(1, 9)
    return "".join(chance.choices(alphabet, k=_size(chance, 3000))).encode()


def _salad(chance: Chance, most: int = 800) -> bytes:
    """The words that rules look for, in any order."""
    return " ".join(chance.choices(_WORDS, k=_size(chance, most))).encode()


def _part(chance: Chance) -> bytes:
    """Some paragraphs of a report."""
    paragraphs = chance.choice(_TEXTS).split("\n\n")
    first = chance.randrange(len(paragraphs))
    return "\n\n".join(paragraphs[first : first + _size(chance, 20)]).encode()


def _bitten(chance: Chance) -> bytes:
    """A report with pieces cut out, put in, doubled and turned over."""
    return _bite(chance, _part(chance))


def _bite(chance: Chance, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 12)):
        a = chance.randrange(len(data) + 1)
        b = min(len(data), a + chance.randrange(80))
        piece = (b"", chance.randbytes(5), bytes(data[a:b]) * 9, bytes(data[a:b])[::-1])
        data[a:b] = chance.choice(piece)
    return bytes(data)


def _nested(chance: Chance) -> bytes:
    """Quotes in quotes, speakers in speakers, brackets in brackets."""
    deep = _size(chance, 400)
    before, after = chance.choice(
        [("Kaldia said that ", ""), ("“", "”"), ('"', '"'), ("(", ")"), ("he denied ", ", he said")]
    )
    return (before * deep + "the Front killed 20 people" + after * deep + ".").encode()


def _long(chance: Chance) -> bytes:
    """One thing far too often, or far too long."""
    return ("The Front " + chance.choice(_TOO_OFTEN) * _size(chance, 5000) + " said so.").encode()


def _page(chance: Chance) -> bytes:
    """HTML that is not well."""
    out = ["<!doctype html><html><head><title>Front &amp rejects &#x110000; truce</title>"]
    for _ in range(_size(chance, 400)):
        tag = chance.choice(_TAGS)
        out.append(chance.choice([f"<{tag}>", f"</{tag}>", f"<{tag} class='{tag}", "&#0;", "<!--"]))
        out.append(" ".join(chance.choices(_WORDS, k=chance.randrange(12))))
    return "".join(out).encode()


def _packed(chance: Chance) -> bytes:
    """What begins like a PDF or something packed and isn't."""
    head = chance.choice(
        [b"%PDF-1.7\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"\xff\xfe"]
    )
    return head + chance.choice([_bytes, _salad])(chance)


def _line(chance: Chance) -> bytes:
    """JSON with other types than one would think."""
    odd: list[object] = [None, 10**400, -1, 1e308, True, [], {}, [[[]]], "\ud800"]
    odd += ["x" * 5000, {"a": {"b": []}}, "9999-99-99", "0000-01-01", "-0", float("nan")]
    names = ["text", "title", "published", "date", "publisher", "authors", "id", "report", "body"]
    row = {name: chance.choice(odd) for name in chance.sample(names, chance.randrange(1, 6))}
    if chance.random() < 0.6:
        row["text"] = _salad(chance, 300).decode()
    whole = json.dumps(row).encode()
    deep = b"[" * _size(chance, 8000)
    return chance.choice([whole, whole, whole[: chance.randrange(len(whole))], b'{"text":' + deep])


def _feed(chance: Chance) -> bytes:
    """RSS and Atom with pieces missing and pieces too many."""
    root, item = chance.choice([("rss", "item"), ("feed", "entry"), ("rdf:RDF", "item")])
    names = ("title", "link", "description", "summary", "content", "pubDate", "updated", "author")
    out = [f'<?xml version="1.0" encoding="{chance.choice(_ENCODINGS)}"?><{root}><channel>']
    for _ in range(_size(chance, 40)):
        fields = chance.choices(names, k=chance.randrange(9))
        inner = (f"<{name}>{_salad(chance, 60).decode()}</{name}>" for name in fields)
        out.append(f"<{item}>{''.join(inner)}</{item}>")
    return _bite(chance, "".join(out).encode())


def _archive(chance: Chance) -> bytes:
    """A web archive whose lengths are wrong or whose records are damaged."""
    out = b""
    for n in range(_size(chance, 8)):
        body = chance.choice([_page, _part, _bytes, _wide])(chance)
        kind = chance.choice([b"text/html", b"text/plain", b"application/pdf", b"\xff/x"])
        http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        length = len(http) + (chance.randrange(-50, 50) if chance.random() < 0.3 else 0)
        head = _HEAD % (n, length)
        out += head + http + b"\r\n\r\n"
    data = _bite(chance, out) if chance.random() < 0.5 else out
    return gzip.compress(data, 1, mtime=0) if chance.random() < 0.3 else data


def _pdf(chance: Chance) -> bytes:
    """A PDF of one page, with bytes changed."""
    words = _salad(chance, 200).replace(b"(", b"").replace(b")", b"").replace(b"\\", b"")
    shown = b"BT /F1 10 Tf 50 750 Td (" + words.decode().encode("cp1252", "replace") + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % chance.choice([1, 1, 0, -1, 9999999]),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    whole = b"%PDF-1.4\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"
    return _bite(chance, whole) if chance.random() < 0.6 else whole


def _wide(chance: Chance) -> bytes:
    """A report in an encoding that nothing tells, or that something else is told of."""
    data = _part(chance).decode().encode(chance.choice(_ENCODINGS), "replace")
    told = b'<html><meta charset="%s"><p>' % chance.choice(_ENCODINGS).encode()
    return (told if chance.random() < 0.3 else b"") + data[chance.randrange(3) :]


MAKERS: tuple[Callable[[Chance], bytes], ...] = (
    _bytes, _soup, _salad, _bitten, _nested, _long, _page, _packed, _line, _feed, _archive, _pdf,
    _wide,
)  # fmt: skip


def case(number: int) -> tuple[str, bytes]:
    """The kind and the bytes of a case."""
    chance = Chance(number)
    maker = MAKERS[number % len(MAKERS)]
    data = maker(chance)
    return maker.__name__.strip("_"), gzip.compress(data)[:-4] if number % 97 == 0 else data

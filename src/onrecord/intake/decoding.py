"""From bytes to text: UTF-8, UTF-16, UTF-32 and Windows-1252, with and without byte order marks."""

import codecs
import re

from onrecord.errors import UnsupportedInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02
"""The share of control characters above which bytes are no text. Texts have none at all, or single
ones from broken conversions; random bytes have 11 in a hundred, programs and images more."""
_FEW_CONTROLS = 4
"""So many are let pass in the shortest of texts too."""
_LOOKED_AT = 65536
"""Bytes from the start by which the encoding is told where nothing says what it is."""
_LEGAL = re.compile(
    r"utf-(16|32)(-[lb]e)?|iso8859-\d+|cp(437|85\d|86[0-9]|874|932|949|950|125\d)|koi8-[rtu]"
    r"|mac-\w+|gb2312|gbk|gb18030|big5(hkscs)?|euc_\w+|iso2022_\w+|shift_\w+|johab|hz|tis-620"
)
"""Names, as Python writes them, of the encodings that pages are in. Python knows others by which
bytes are no text (`hex`), or one that can't be kept (`unicode_escape`)."""
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def decode(data: bytes, *, name: str, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text in `data`, and warnings about what had to be guessed or replaced.

    Line ends become `\\n`; a byte order mark goes; a NUL becomes U+FFFD. Raises `UnsupportedInput`
    where the bytes are no text.
    """
    text, warnings = _characters(data, charset)
    sample = text[:_LOOKED_AT]
    if len(_CONTROLS.findall(sample)) > max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample)):
        raise UnsupportedInput(
            f"{name}: these bytes are no text ({data[:8]!r}...); legal are UTF-8, UTF-16, UTF-32 "
            "and Windows-1252 text, HTML, PDF or a record of onrecord"
        )
    if nuls := text.count("\x00"):
        warnings.append(f"{nuls} NUL character{'s' if nuls > 1 else ''} replaced by \ufffd")
        text = text.replace("\x00", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(warnings)


def _characters(data: bytes, charset: str | None) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if wide := _wide(data):
        return _lenient(data, wide)
    if declared := _declared(data, charset):
        return _lenient(data, declared)
    text = data.decode("cp1252", errors="replace")
    return text, ["not valid UTF-8; read as Windows-1252", *_lost(text)]


def _lenient(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, errors="replace")
    return text, _lost(text)


def _lost(text: str) -> list[str]:
    lost = text.count("\ufffd")
    return [f"{lost} byte sequences were no characters and stand as \ufffd"] if lost else []


def _wide(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every other byte of Western text is then a NUL."""
    sample = data[:_LOOKED_AT]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.7 * half and odd < 0.05 * half else None


def _declared(data: bytes, charset: str | None) -> str | None:
    """The encoding that a server or the page itself names, where Python knows it."""
    found = _META.search(data[:4096])
    for name in (charset, found.group(1).decode("ascii") if found else None):
        try:
            known = codecs.lookup(name).name if name else None
        except (LookupError, ValueError):  # the latter for names with a NUL in them
            continue
        if known and known != "iso8859-1" and _LEGAL.fullmatch(known):  # browsers: latin-1 is 1252
            return known
    return None

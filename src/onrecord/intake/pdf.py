"""The text of a PDF, its lines joined into paragraphs again."""

import re
from collections.abc import Iterator
from statistics import median

import pypdfium2

from onrecord.errors import EmptyInput, UnsupportedInput
from onrecord.intake.document import Document

_SHORT = 0.8
"""A line shorter than this share of the page's usual line ends its paragraph, where it also ends
a sentence. Set by eye on typeset articles, where last lines of paragraphs are ragged."""
_DAMAGED = 20
_ENDS = re.compile(r"[.!?:…][”’\"')\]»]*$")
_HYPHENS = re.compile("[\u0002\ufffe\u00ad]\n?")
"""What PDFium puts for a hyphen at a line's end."""


def document(data: bytes, *, name: str) -> Document:
    """The text of all pages; raises `UnsupportedInput` where the file can't be opened.

    A scanned PDF has no text: `EmptyInput`.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "wants a password; save it without one" if locked else f"can't be opened: {error}"
        raise UnsupportedInput(f"{name}: this PDF {why}") from error
    try:
        pages, lost = _pages(pdf)
        title = (pdf.get_metadata_dict().get("Title") or "").strip()
    finally:
        pdf.close()
    text = "\n\n".join(page for page in pages if page)
    if not text and lost:
        raise UnsupportedInput(f"{name}: this PDF is damaged: none of its pages can be read")
    if not text:
        raise EmptyInput(f"{name}: this PDF has pictures of text but no text; it wants OCR first")
    told = f"{lost} page{'s' if lost > 1 else ''} of this PDF can't be read"
    return Document(text=text, title=_title(title, text), warnings=(told,) if lost else ())


def _pages(pdf: pypdfium2.PdfDocument) -> tuple[list[str], int]:
    """The texts of the pages, and how many can't be read.

    A damaged file may say that it has millions: behind `_DAMAGED` of them it isn't read on.
    """
    texts, lost = [], 0
    for number in range(len(pdf)):
        try:
            texts.append(_page(pdf[number]))
        except pypdfium2.PdfiumError:
            lost += 1
            if lost == _DAMAGED:
                break
    return texts, lost


def _title(title: str, text: str) -> str | None:
    """The title of the PDF's metadata where the text begins with it: often it is a file's name."""
    begins = " ".join(text[:1000].split()).casefold().startswith(" ".join(title.split()).casefold())
    return title if title and begins else None


def _page(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        raw: str = words.get_text_bounded()
    finally:
        words.close()
    clean = _HYPHENS.sub("", raw.replace("\r\n", "\n").replace("\x00", ""))
    return "\n\n".join(_paragraphs([line.strip() for line in clean.split("\n")]))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The lines joined, cut at empty lines and behind short lines that end a sentence."""
    usual = median([len(line) for line in lines if line] or [0])
    held: list[str] = []
    for line in lines:
        if line:
            held.append(line)
        if held and (not line or (len(line) < _SHORT * usual and _ENDS.search(line))):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)

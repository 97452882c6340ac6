"""The article in an HTML page, through trafilatura."""

import html as entities
import re

import trafilatura

from onrecord.intake import dates
from onrecord.intake.document import Document

_TAG = re.compile(r"<(script|style|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.S | re.I)
_BLOCK = re.compile(r"</?(p|div|h[1-6]|li|tr|br|article|section|blockquote)\b[^>]*>", re.I)


def document(page: str, *, url: str | None, warnings: tuple[str, ...] = ()) -> Document:
    """The article's text, one paragraph after an empty line, with its title as the first.

    Where trafilatura finds no article, all words of the page are taken, and a warning says so.
    """
    found = trafilatura.bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_links=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = "" if found is None else _paragraphs(getattr(found, "text", None) or "")
    if not text:
        text = _all_words(page)
        warnings = (*warnings, "no article found in the page; read all of its words")
    published, warning = _published(_line(getattr(found, "date", None)), page)
    return Document(
        text=text,
        title=_line(getattr(found, "title", None)),
        published=published,
        publisher=_line(getattr(found, "sitename", None) or getattr(found, "hostname", None)),
        byline=_line(getattr(found, "author", None)),
        warnings=(*warnings, warning) if warning else warnings,
    ).titled()


def _published(day: str | None, page: str) -> tuple[str | None, str | None]:
    """The day of a page as far as the page gives it, and a warning where it gives none that can be.

    trafilatura makes the first of a month of its 31st of April, and of a month alone some day.
    """
    if day is None or any(form in page for form in (day, day.replace("-", "/"))):
        return day, None
    year, month, _ = day.split("-")
    told = re.findall(rf"{year}[-/.]{month}[-/.](\d\d)|(\d\d)[-/.]{month}[-/.]{year}", page)
    for one in {first or last for first, last in told}:
        if dates.iso(f"{year}-{month}-{one}")[0] is None:
            why = f"{year}-{month}-{one} is no date; the report is kept without one"
            return None, why
    alone = not told and re.search(rf"\b{year}-{month}\b", page)
    return (f"{year}-{month}" if alone else day), None


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _line(value: str | None) -> str | None:
    line = " ".join((value or "").split())
    return line or None


def words(fragment: str) -> str:
    """The words of a piece of HTML, or of plain text, one paragraph after an empty line."""
    return _all_words(fragment)


def _all_words(page: str) -> str:
    """The words of a page without scripts, styles and tags."""
    words = entities.unescape(_TAG.sub(" ", _BLOCK.sub("\n", _scripts_out(page))))
    return "\n\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())


def _scripts_out(page: str) -> str:
    return re.sub(
        r"<(script|style|noscript|template)\b.*?(</\1\s*>|\Z)", " ", page, flags=re.S | re.I
    )

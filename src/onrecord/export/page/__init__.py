"""A record as one self-contained page: the text with its statements marked, the record beside it.

Nothing is loaded from anywhere, and nothing in a report can become code: all of its words are
escaped, and the page's own policy allows no script or style but the two it was built with.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from onrecord.export import telling, voices
from onrecord.export.page.markup import Markup, join, tag
from onrecord.export.page.panel import refs, sections
from onrecord.export.page.text import marked
from onrecord.record import HeadlineClaim, Record
from onrecord.vocabulary import Authority

_KEYS = (
    ("j  k", "next, previous statement"),
    ("J  K", "next, previous entry of any kind"),
    ("Esc", "let go"),
    ("?", "these keys"),
)


def render(record: Record) -> str:
    """The page as HTML."""
    headline, body = marked(record)
    article = tag("article", body, tag("div", class_="rules"), lang=record.report.language)
    body = join(
        tag("header", *_head(record, headline)),
        tag("main", article, tag("aside", sections(record), _legend(), class_="record")),
        tag("div", class_="peek", aria_live="polite"),
        _keys(),
        tag("script", _asset("page.js")),
    )
    return f"<!doctype html>\n{tag('html', _meta(record), tag('body', body), lang='en')}\n"


def _meta(record: Record) -> Markup:
    allowed = f"style-src {_hash('page.css')}; script-src {_hash('page.js')}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="generator" content="onrecord">'),
        tag("title", telling.shortened(telling.title(record), 90)),
        tag("style", _asset("page.css")),
    )


@cache
def _asset(name: str) -> Markup:
    return Markup(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _hash(name: str) -> str:
    digest = hashlib.sha256(_asset(name).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _head(record: Record, headline: Markup | None) -> list[Markup]:
    whence = telling.origin(record)
    title = record.report.title
    return [
        tag("p", whence, class_="whence") if whence else Markup(),
        headline or (tag("h1", title, dir="auto") if title else Markup()),
        _verdicts(record),
        tag("p", telling.counted(record), class_="counted"),
        *(tag("p", f"⚠ {warning}", class_="warning") for warning in record.report.warnings),
    ]


def _verdicts(record: Record) -> Markup:
    rows = [_verdict(record, f"h{n}", c) for n, c in enumerate(record.headline, start=1)]
    return tag("ul", *rows, class_="verdicts") if rows else Markup()


def _verdict(record: Record, id: str, claim: HeadlineClaim) -> Markup:
    mark, word = telling.SUPPORT[claim.support]
    reasons = [
        join(phrase, refs(record, ids), by=" ") for phrase, ids in voices.verdict(record, claim)
    ]
    return tag(
        "li",
        tag("span", f"{mark} {word}", class_=f"verdict {claim.support}"),
        tag("q", telling.words(claim.claim)),
        tag("span", join(*reasons, by=" · "), class_="why"),
        id=f"r-{id}",
        data_e=id,
        class_="entry",
        tabindex="0",
    )


def _legend() -> Markup:
    shown: tuple[Authority, ...] = ("named", "body", "unnamed", "none")
    marks = [tag("span", tag("i", class_=f"rule {one}"), telling.AUTHORITY[one]) for one in shown]
    return tag("p", *marks, tag("span", "press ? for keys", class_="hint"), class_="legend")


def _keys() -> Markup:
    rows = [tag("div", tag("dt", key), tag("dd", does)) for key, does in _KEYS]
    return tag("dialog", tag("h2", "Keys"), tag("dl", *rows), id="keys")

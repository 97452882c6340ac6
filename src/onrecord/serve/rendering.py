"""Renders pages: one environment in which everything is escaped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord import __version__
from onrecord.serve import words
from onrecord.serve.sessions import FORM_FIELD, FORM_HEADER, current

STATIC = Path(__file__).parent / "static"

NAV = (
    ("/", "Start"),
    ("/reports", "Reports"),
    ("/positions", "Positions"),
    ("/ledger", "Ledger"),
    ("/timeline", "Timeline"),
    ("/figures", "Figures"),
    ("/disputes", "Disputes"),
    ("/actors", "Actors"),
    ("/sources", "Sources"),
    ("/review", "Review"),
)
"""The pages that every page leads to."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidirectional embeddings, overrides and isolates: they make words read as others than they are.
One character stands for one, so that offsets stay."""


def shown(value: Any) -> Any:
    """What a template prints, of whatever it is given: no character in it turns the text around."""
    if value is None:
        return ""
    if not isinstance(value, str) or value.isascii() or not _TURNING.search(value):
        return value
    clean = _TURNING.sub("\ufffd", value)
    return Markup(clean) if isinstance(value, Markup) else clean


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A template as an answer.

    Every template knows `request`, `session` (None: not signed in), `settings`, `path` and
    `version`, the functions `static(file)`, `address(path, **query)` and `again(**query)`, and the
    filters `day`, `number` and `outward`.
    """
    session = current(request)
    whole = environment().get_template(template)
    body = whole.render(
        request=request,
        path=request.url.path,
        query=request.query_params,
        session=session,
        settings=request.app.state.settings,
        again=lambda **changes: again(request, **changes),
        **context,
    )
    return HTMLResponse(body, status_code=status, headers=headers)


@cache
def environment() -> Environment:
    """The templates' environment."""
    made = Environment(
        loader=PackageLoader("onrecord.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        **words.GLOBALS,
        "nav": NAV,
        "version": __version__,
        "static": static,
        "address": address,
        "form_field": FORM_FIELD,
        "form_header": FORM_HEADER,
    }
    made.filters |= {**words.FILTERS, "day": words.day, "number": number, "outward": outward}
    return made


@cache
def static(file: str) -> str:
    """The address of a file in `static/`, another one when its content is another."""
    digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:10]
    return f"/static/{file}?v={digest}"


def address(path: str, **query: Any) -> str:
    """An address on this server; what is empty is left out, lists are repeated."""
    pairs = [(name, one) for name, value in query.items() for one in _each(value)]
    return quote(path, safe="/:@") + (f"?{urlencode(pairs)}" if pairs else "")


def again(request: Request, **changes: Any) -> str:
    """The address of this page with other filters, from its beginning."""
    query: dict[str, Any] = {n: request.query_params.getlist(n) for n in request.query_params}
    for place in ("cursor", "page"):
        query.pop(place, None)
    return address(request.url.path, **{**query, **changes})


def _each(value: Any) -> Iterable[Any]:
    several = value if isinstance(value, list | tuple) else [value]
    return [one for one in several if one is not None and one != ""]


def outward(url: Any) -> str:
    """An address that a link may lead to; empty where it is no web page's (`javascript:`)."""
    text = str(url or "").strip()
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        return ""
    return text if scheme in ("http", "https") else ""


def number(value: Any) -> str:
    """A number with its thousands set apart; whole ones without a fraction."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,}"
    return f"{int(value):,}" if value is not None else ""

"""Search: where words stand, and whose words they are."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import Paged, answer, asked, rest
from onrecord.views.actors import actors
from onrecord.views.search import terms

SIZE = 15
"""Reports on a page."""

LONGEST = 400
"""Characters of a query."""


def routes() -> list[BaseRoute]:
    """`/search`."""
    return [Route("/search", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The reports that have the words, the best first; without words, how to look for them."""
    wanted = asked(request, size=SIZE)
    words = params.word(request.query_params, "q")[:LONGEST]

    def ask(connection: Connection) -> dict[str, Any]:
        if not terms(words):
            return {"words": words, "hits": Paged((), 1, False), "called": [], "lit": {}}
        found = views.search(connection, words, wanted.one_more, skip=wanted.skip)
        hits = rest(found, wanted)
        called = actors(connection, name=words, limit=5) if wanted.page == 1 else []
        lit = {hit.report: pieces(hit.passage, terms(words)) for hit in hits.rows}
        return {"words": words, "hits": hits, "called": called, "lit": lit}

    return answer(request, "search.html", ask)


def pieces(passage: str, wanted: list[str]) -> list[tuple[str, bool]]:
    """A passage cut where the words begin and end, and whether each piece is one of them."""
    stems = [_pattern(one) for one in wanted]
    pattern = re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)
    made: list[tuple[str, bool]] = []
    at = 0
    for match in pattern.finditer(passage):
        made += [(passage[at : match.start()], False), (match.group(), True)]
        at = match.end()
    return [(piece, lit) for piece, lit in [*made, (passage[at:], False)] if piece]


def _pattern(one: str) -> str:
    """A word or phrase in any of its forms, as the index has them."""
    words = re.findall(r"\w+", one)
    return r"\W+".join(re.escape(word[: max(3, len(word) - 3)]) + r"\w*" for word in words)

"""Sources: who is quoted, and what rests on unnamed sources or on nobody's word alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord import views
from onrecord.serve import params
from onrecord.serve.pages.asking import answer, asked, cut

SIZE = 15
"""Lines on a page."""

QUOTED = 24
"""Sources that are told above the claims."""


def routes() -> list[BaseRoute]:
    """`/sources`."""
    return [Route("/sources", show, methods=["GET"])]


def show(request: Request) -> Response:
    """The claims that nobody named stands behind, or all who are quoted."""
    wanted = asked(request, size=SIZE)
    quoted = params.word(request.query_params, "show", legal=("quoted", "weak")) == "quoted"

    def ask(connection: Connection) -> dict[str, Any]:
        if quoted:
            return {"quoted": cut(views.sources(connection, wanted.ahead), wanted), "weak": None}
        return {"weak": cut(views.weak(connection, wanted.ahead), wanted), "quoted": None}

    return answer(request, "sources.html", ask)

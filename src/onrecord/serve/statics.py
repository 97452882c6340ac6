"""The files of the package: scripts, styles, the icon."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_YEAR = 365 * 24 * 3600


class Static(StaticFiles):
    """Files whose address has a digest (`?v=`) are kept by browsers; others are asked for anew."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        answer = await super().get_response(path, scope)
        dated = scope.get("query_string", b"").startswith(b"v=")
        kept = f"public, max-age={_YEAR}, immutable" if dated else "no-cache"
        answer.headers["cache-control"] = kept
        return answer

"""Signing in with a token, and out."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord.serve.rendering import page
from onrecord.serve.sessions import Keys, current, writer

LONGEST_NAME = 80
"""Characters of the name that reviews are signed with."""


def routes() -> list[BaseRoute]:
    """`/sign-in` and `/sign-out`."""
    return [
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
    ]


def show(request: Request) -> Response:
    """The form."""
    return _form(request, onward=_inside(request.query_params.get("next", "")))


def _form(request: Request, *, onward: str, fault: str = "", status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return page(request, "sign_in.html", status=status, headers=headers, onward=onward, fault=fault)


async def sign_in(request: Request) -> Response:
    """Checks the token, and starts a session."""
    form = await request.form(max_files=0, max_fields=8)
    keys: Keys = request.app.state.keys
    onward = _inside(str(form.get("next", "")))
    owner = keys.owner(str(form.get("token", "")).strip())
    who = owner or " ".join(str(form.get("who", "")).split())[:LONGEST_NAME]
    if owner is None:
        return _form(request, onward=onward, status=403, fault="That token isn't this server's.")
    if not who:
        return _form(
            request, onward=onward, status=422, fault="Give a name; reviews are signed by it."
        )
    answer = RedirectResponse(onward, status_code=303, headers={"Cache-Control": "no-store"})
    settings = request.app.state.settings
    answer.set_cookie(
        keys.cookie,
        keys.sign(who),
        max_age=settings.session_seconds,
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )
    return answer


async def sign_out(request: Request) -> Response:
    """Ends the session in this browser."""
    if current(request) is None:
        raise HTTPException(401, "nobody is signed in")
    writer(request, await request.form(max_files=0, max_fields=8))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(request.app.state.keys.cookie)
    return answer


def _inside(address: str) -> str:
    """An address on this server, to go on to; anything else leads to the start."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and address.isprintable() else "/"

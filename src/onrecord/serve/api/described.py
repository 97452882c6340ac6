"""The API's description: OpenAPI 3.1 for programs, a page for people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from onrecord import __version__
from onrecord.serve.api.operations import Operation, operations
from onrecord.serve.api.parameters import Parameter
from onrecord.serve.api.records import schemas
from onrecord.serve.api.shapes import PROBLEM, Shape, page_of
from onrecord.serve.problems import title
from onrecord.serve.rendering import page

ADDRESS = "/api/v1/openapi.json"


def routes() -> list[BaseRoute]:
    """The document, and `/api`."""
    return [
        Route(ADDRESS, lambda _: JSONResponse(document()), methods=["GET"]),
        Route("/api", people, methods=["GET"]),
    ]


def people(request: Request) -> Response:
    """The page that describes the API."""
    found = operations()
    return page(request, "api.html", operations=found, problem=title, document=ADDRESS)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    paths: dict[str, Any] = {}
    for one in operations():
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": __version__,
            "description": "Who said, proposed, accepted or denied what, on whose word.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {**schemas(), "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": one.id,
        "summary": one.says,
        "parameters": [*map(_in_path, one.in_path), *map(_in_query, one.parameters)],
        "responses": _responses(one),
        # Without a token, where the server is on loopback; else with one, everywhere.
        "security": [{"token": []}] if one.writes else [{}, {"token": []}],
    }
    if one.method == "GET" and one.remembered:
        made["parameters"].append(_IF_NONE_MATCH)
    if one.bodies:
        content = {kind: {"schema": shape} for kind, shape in one.bodies.items()}
        made["requestBody"] = {"required": True, "content": content}
    return made


_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the answer one has: 304 where it is still the same.",
    "schema": {"type": "string"},
}


def _in_path(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 80},
    }


def _in_query(one: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": one.schema} if one.many else one.schema
    return {
        "name": one.name,
        "in": "query",
        "description": one.says,
        "required": one.required,
        "schema": schema,
    }


def _responses(one: Operation) -> dict[str, Any]:
    body = page_of(one.answer) if one.paged else one.answer
    good: dict[str, Any] = {
        "description": one.says,
        "content": {"application/json": {"schema": body}},
    }
    found = {str(one.status): good}
    if one.method == "GET" and one.remembered:
        good["headers"] = {"ETag": {"schema": {"type": "string"}}}
        found["304"] = {"description": title(304)}
    for status in _statuses(one):
        found[str(status)] = {
            "description": title(status),
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
    return found


_PROBLEM: Shape = {"$ref": "#/components/schemas/Problem"}


def _statuses(one: Operation) -> Sequence[int]:
    """What may go wrong: with any request, with a body, with an address."""
    return sorted({401, 421, *one.faults})

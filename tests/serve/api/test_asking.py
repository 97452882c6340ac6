"""The questions over HTTP: the command line's rows and filters, page by page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from onrecord.cli import main
from onrecord.serve.api.asking import QUESTIONS
from onrecord.store import Store


def rows(api: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """All rows, page after page."""
    found: list[dict[str, Any]] = []
    while True:
        page = api.get(path, params=query)
        assert page.status_code == 200, page.text
        found += page.json()["data"]
        cursor = page.json()["next"]
        if cursor is None:
            return found
        query["cursor"] = cursor


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("ledger", {"topic": "captives"}),
        ("positions", {"party": "the Front"}),
        ("timeline", {"type": "REJECT", "since": "2025-05-03"}),
        ("figures", {"what": "killed"}),
        ("disputes", {}),
        ("sources", {"authority": "named"}),
        ("sources", {"weak": "true"}),
        ("search", {"q": "truce", "until": "2025-05-04"}),
    ],
)
def test_the_rows_are_those_of_the_command_line(
    api: TestClient, talks: Store, question: str, options: dict[str, str]
) -> None:
    given = [
        word
        for name, value in options.items()
        for word in ([value] if name == "q" else [f"--{name}"] + [value] * (value != "true"))
    ]
    command = [question, *given, "--store", talks.url, "--limit", "20", "--format", "json"]
    printed = CliRunner().invoke(main, command)
    assert printed.exit_code == 0, printed.output
    page = api.get(f"/api/v1/{question}", params={**options, "limit": 20})
    assert page.json()["data"] == json.loads(printed.output)
    assert page.json()["data"]


@pytest.mark.parametrize("question", ["timeline", "figures", "search", "sources", "actors"])
def test_pages_hold_all_rows_once(api: TestClient, question: str) -> None:
    query = {"q": "truce"} if question == "search" else {}
    whole = rows(api, f"/api/v1/{question}", limit=200, **query)
    assert rows(api, f"/api/v1/{question}", limit=1, **query) == whole
    assert len(whole) > 2


def test_a_page_of_positions_is_of_parties(api: TestClient) -> None:
    page = api.get("/api/v1/positions", params={"limit": 1}).json()
    assert len({row["party"] for row in page["data"]}) == 1
    following = api.get("/api/v1/positions", params={"limit": 1, "cursor": page["next"]}).json()
    assert {row["party"] for row in following["data"]}.isdisjoint(
        row["party"] for row in page["data"]
    )


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "201"}, {"limit": "many"}, {"limit": ""}, {"topic": "weather"},
        {"authority": "rumour"}, {"since": "2025-13"}, {"since": "2025-02-30"}, {"since": ""},
        {"partyy": "the Front"}, {"party": " "}, {"party": "a\x00b"},
    ],
)  # fmt: skip
def test_what_is_not_legal_is_a_problem(api: TestClient, query: dict[str, str]) -> None:
    answer = api.get("/api/v1/ledger", params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == 422
    assert next(iter(query)) in told["detail"]


def test_a_parameter_that_is_given_twice_is_a_problem(api: TestClient) -> None:
    assert api.get("/api/v1/ledger?since=2025&since=2024").status_code == 422
    assert api.get("/api/v1/ledger?topic=aid&topic=captives").status_code == 200


def test_a_party_that_nobody_knows_is_not_found(api: TestClient) -> None:
    answer = api.get("/api/v1/positions", params={"party": "the Frond"})
    assert answer.status_code == 404
    assert "no party of that name" in answer.json()["detail"]


def test_a_cursor_is_of_one_question(api: TestClient) -> None:
    cursor = api.get("/api/v1/reports", params={"limit": 2}).json()["next"]
    assert api.get("/api/v1/timeline", params={"cursor": cursor}).status_code == 404
    other = {"cursor": cursor, "since": "2025"}
    assert api.get("/api/v1/reports", params=other).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/nowhere"), ("PUT", "/api/v1/read")])
def test_every_error_has_one_shape(api: TestClient, method: str, path: str) -> None:
    answer = api.request(method, path)
    assert answer.status_code in (404, 405)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())


def test_each_question_of_the_command_line_is_there() -> None:
    asked = {"ledger", "positions", "timeline", "figures", "disputes", "sources", "search"}
    assert asked <= {one.name for one in QUESTIONS}


def test_the_page_describes_each_operation(api: TestClient) -> None:
    page = api.get("/api").text
    document = api.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in page

"""Decisions over HTTP: kept with who and when, and never over somebody else's."""

from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.serve.filling import fill, several

from onrecord.store import Store

URL = "/api/v1/reviews"


@pytest.fixture
def entry(store: Store, program: TestClient) -> str:
    """A statement whose speaker can be corrected."""
    fill(store, several(2))
    row = program.get("/api/v1/search", params={"q": "reject", "authority": "named"}).json()
    return str(row["data"][0]["entry"])


def decide(client: TestClient, action: str, target: str, **more: Any) -> Any:
    seen = client.get(URL, params={"target": target}).json()["latest"]
    return client.post(URL, json={"action": action, "target": target, "seen": seen, **more})


def test_a_correction_shows_everywhere_and_can_be_undone(program: TestClient, entry: str) -> None:
    report = entry.partition(":")[0]
    before = program.get(f"/api/v1/records/{report}").json()
    made = decide(program, "correct", entry, changes={"authority": "body"}, note="it is")
    assert made.status_code == 201
    changed = program.get(f"/api/v1/records/{report}").json()
    assert changed != before
    listed = program.get(URL, params={"target": entry}).json()
    assert [(one["action"], one["who"], one["note"]) for one in listed["data"]] == [
        ("correct", "a program", "it is")
    ]
    assert listed["latest"] == made.json()["review"]
    assert decide(program, "undo", made.json()["review"]).status_code == 201
    assert program.get(f"/api/v1/records/{report}").json() == before


def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    program: TestClient, signed_in: TestClient, entry: str
) -> None:
    seen = {"target": entry, "seen": ""}
    first = signed_in.post(URL, json={"action": "accept", **seen})
    assert first.status_code == 201
    second = program.post(URL, json={"action": "reject", **seen})
    assert second.status_code == 409
    assert "Ana" in second.json()["detail"]
    held = program.get(URL, params={"target": entry}).json()["data"]
    assert [one["action"] for one in held] == ["accept"]
    assert decide(program, "reject", entry).status_code == 201


def test_actors_are_merged_and_split(program: TestClient, entry: str) -> None:
    one, other = (row["actor"] for row in program.get("/api/v1/actors").json()["data"][:2])
    merged = decide(program, "merge", one, into=other)
    assert merged.status_code == 201
    assert one not in {row["actor"] for row in program.get("/api/v1/actors").json()["data"]}
    assert decide(program, "undo", merged.json()["review"]).status_code == 201
    assert one in {row["actor"] for row in program.get("/api/v1/actors").json()["data"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "accept", "target": "r-1:s-1", "seen": ""}, 404),
        ({"action": "merge", "target": "c-1", "into": "c-2", "seen": ""}, 404),
        ({"action": "bless", "target": "r-1:s-1", "seen": ""}, 422),
        ({"action": "accept", "target": "r-1:s-1"}, 422),
        ({"action": "correct", "target": "r-1:s-1", "seen": ""}, 422),
        ({"action": "split", "target": "c-1", "seen": "", "actors": []}, 422),
        ({"action": "split", "target": "c-1", "seen": "", "actors": ["r-1:a-1"]}, 422),
        ([], 422),
    ],
)
def test_what_is_no_decision_is_refused(program: TestClient, body: Any, status: int) -> None:
    answer = program.post(URL, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_correction_that_breaks_the_contract_is_refused(program: TestClient, entry: str) -> None:
    refused = decide(program, "correct", entry, changes={"authority": "rumour"})
    assert refused.status_code == 422
    assert "rumour" in refused.json()["detail"]


def test_who_has_not_signed_in_decides_nothing(visitor: TestClient) -> None:
    body = {"action": "accept", "target": "r-1:s-1", "seen": ""}
    assert visitor.post(URL, json=body).status_code == 401

"""Reports and records over HTTP, and what adds them."""

from typing import Any

from starlette.testclient import TestClient
from tests.serve.filling import TEXT, finished

from onrecord.record import Record


def test_reports_are_listed_latest_first(api: TestClient) -> None:
    first = api.get("/api/v1/reports", params={"limit": 3}).json()
    assert [one["day"] for one in first["data"]] == ["2025-05-12", "2025-05-11", "2025-05-10"]
    some = api.get("/api/v1/reports", params={"publisher": "Outlet 1", "until": "2025-05-05"})
    assert [one["day"] for one in some.json()["data"]] == ["2025-05-04", "2025-05-01"]


def test_a_record_points_into_its_reports_text(api: TestClient) -> None:
    id = api.get("/api/v1/reports").json()["data"][0]["report"]
    record = Record.from_dict(api.get(f"/api/v1/records/{id}").json())
    report = api.get(f"/api/v1/reports/{id}").json()
    assert record.text == report["text"]
    assert report["appearances"][0]["place"] == "here"


def test_a_report_that_is_not_there_is_not_found(api: TestClient) -> None:
    for path in ("/api/v1/reports/r-1", "/api/v1/records/r-1", "/api/v1/jobs/none"):
        assert api.get(path).status_code == 404


def test_a_text_is_read_and_not_kept(visitor: TestClient) -> None:
    body = {"text": TEXT, "published": "2025-05-26", "publisher": None}
    answer = visitor.post("/api/v1/read", json=body)
    assert answer.status_code == 200
    assert Record.from_dict(answer.json()).text == TEXT
    plain = visitor.post("/api/v1/read", content=TEXT, headers={"Content-Type": "text/plain"})
    assert plain.json()["report"]["text"] == TEXT
    assert visitor.get("/api/v1/reports").json()["data"] == []


def test_halves_of_characters_and_nul_are_replaced(visitor: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    content = '{"text": "Truce \\ud800 holds\\u0000."}'
    answer = visitor.post("/api/v1/read", content=content, headers=headers)
    assert answer.json()["report"]["text"] == "Truce \ufffd holds\ufffd."


def test_reports_are_added_by_a_job(program: TestClient) -> None:
    answer = program.post("/api/v1/reports", json={"text": TEXT, "published": "2025-05-26"})
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/v1/jobs/{answer.json()['job']}"
    told = finished(program, answer.json()["job"])
    assert told["state"] == "done"
    assert told["done"] == {"read": 1}
    listed = program.get("/api/v1/reports").json()["data"]
    assert [(one["title"], one["day"]) for one in listed] == [("Front rejects truce", "2025-05-26")]


def test_what_adds_wants_a_token_or_a_session_with_its_forms_token(
    visitor: TestClient, signed_in: TestClient
) -> None:
    assert visitor.post("/api/v1/reports", json={"text": TEXT}).status_code == 401
    assert signed_in.post("/api/v1/reports", json={"text": TEXT}).status_code == 202
    del signed_in.headers["x-csrf-token"]
    assert signed_in.post("/api/v1/reports", json={"text": TEXT}).status_code == 403


def test_another_site_can_have_nothing_read(visitor: TestClient) -> None:
    headers = {"Origin": "https://evil.example"}
    answer = visitor.post("/api/v1/read", json={"text": TEXT}, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_bodies_of_other_kinds_are_refused(visitor: TestClient) -> None:
    for kind, status in (("application/xml", 415), ("application/json", 400)):
        headers = {"Content-Type": kind}
        answer = visitor.post("/api/v1/read", content="<a/>", headers=headers)
        assert answer.status_code == status
    bodies: list[Any] = [[], {}, {"text": 1}, {"text": " "}, {"text": "a", "x": "b"}]
    for body in [*bodies, {"address": "a"}]:
        assert visitor.post("/api/v1/read", json=body).status_code == 422


def test_an_address_is_given_alone(program: TestClient) -> None:
    body = {"address": "https://example.org/", "text": TEXT}
    assert program.post("/api/v1/reports", json=body).status_code == 422
    answer = program.post("/api/v1/reports", json={"address": "http://[::1]/"})
    told = finished(program, answer.json()["job"])
    assert told["done"] == {"failed": 1}

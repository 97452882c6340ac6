"""Giving reports on the pages, and watching them being read."""

import re
import time

import pytest
from starlette.testclient import TestClient
from tests.serve.filling import TEXT, fill, several

from onrecord.store import Store


def test_an_empty_store_says_what_to_do(visitor: TestClient) -> None:
    page = visitor.get("/").text
    assert "Nothing is on the record yet" in page
    assert 'name="text"' in page
    assert 'href="/sign-in"' in page


def test_the_start_tells_what_is_new(visitor: TestClient, store: Store) -> None:
    fill(store, several(4))
    page = visitor.get("/").text
    assert "4 reports" in page
    for words in ("Latest reports", "Who moved", "Newly disputed", "Front rejects truce"):
        assert words in page


def over(client: TestClient, job: str) -> str:
    """The job's page when nothing on it will change, or where it leads."""
    for _ in range(100):
        answer = client.get(job)
        if answer.status_code == 303:
            return answer.headers["location"]
        if "hx-get" not in answer.text:
            return answer.text
        time.sleep(0.05)
    raise AssertionError(answer.text)


def test_a_pasted_text_leads_to_its_report(signed_in: TestClient) -> None:
    answer = signed_in.post("/add", data={"text": TEXT, "published": "2025-05-26"})
    assert answer.status_code == 303
    report = over(signed_in, answer.headers["location"])
    assert report.startswith("/reports/r-")
    page = signed_in.get(report)
    assert "rejected a lasting truce" in page.text
    part = signed_in.get(f"{answer.headers['location']}/part")
    assert part.headers["hx-redirect"] == report


def test_a_folder_is_watched(signed_in: TestClient) -> None:
    texts = [f"Report {n}\n\nThe truce holds for day {n}." for n in range(40)]
    files = [("files", (f"talks/{n}.txt", text.encode())) for n, text in enumerate(texts)]
    answer = signed_in.post("/add", files=files)
    page = over(signed_in, answer.headers["location"])
    assert "Done: 40 reports" in page
    assert page.count('<li class="read">') == 40
    assert "40 reports" in signed_in.get("/").text


def test_what_cannot_be_read_is_told(signed_in: TestClient) -> None:
    files = [("files", ("picture.png", b"\x89PNG\r\n")), ("files", ("a.txt", TEXT.encode()))]
    page = over(signed_in, signed_in.post("/add", files=files).headers["location"])
    assert "PNG image" in page
    assert "1 not readable" in page


def test_an_address_on_this_machine_is_not_fetched(signed_in: TestClient) -> None:
    answer = signed_in.post("/add", data={"address": "http://127.0.0.1:8080/"})
    page = over(signed_in, answer.headers["location"])
    assert "public internet" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [({"text": " \n"}, 422), ({"text": TEXT, "published": "yesterday"}, 422), ({}, 422)],
)
def test_what_is_no_report_is_refused(
    signed_in: TestClient, form: dict[str, str], status: int
) -> None:
    assert signed_in.post("/add", data=form).status_code == status


def test_who_has_not_signed_in_adds_nothing(visitor: TestClient, store: Store) -> None:
    assert visitor.post("/add", data={"text": TEXT}).status_code == 401
    assert "Nothing is on the record yet" in visitor.get("/").text


def test_a_text_may_be_read_without_being_kept(visitor: TestClient) -> None:
    answer = visitor.post("/read", data={"text": TEXT})
    assert answer.status_code == 200
    assert "rejected a lasting truce" in answer.text
    allowed = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', answer.text)
    assert allowed
    assert "default-src 'none'" in allowed[1]
    assert "unsafe" not in allowed[1]
    assert "Nothing is on the record yet" in visitor.get("/").text


def test_a_job_is_stopped_by_who_may_write(signed_in: TestClient, visitor: TestClient) -> None:
    job = signed_in.post("/add", data={"text": TEXT}).headers["location"]
    assert visitor.post(f"{job}/stop").status_code == 401
    assert signed_in.post(f"{job}/stop").headers["location"] == job


def test_a_job_that_is_unknown_is_told_so(visitor: TestClient) -> None:
    assert visitor.get("/jobs/none").status_code == 404

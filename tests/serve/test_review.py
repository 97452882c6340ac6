"""Reviewing by the forms that the pages hold, as a browser without scripts sends them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.serve.filling import fill, renamed
from tests.store.building import link_by_name, record

from onrecord.record import Record
from onrecord.store import Store, keys, load, reviews, save


@pytest.fixture
def report(store: Store) -> str:
    with store.write() as connection:
        save.put(connection, record(), save.Found(place="here"), reader="old")
        link_by_name(connection)
        return keys.report_id(record().text)


def entry(report: str, local: str) -> str:
    return f"{report}:{keys.keys(record())[local]}"


def now(store: Store) -> Record:
    with store.read() as connection:
        return load.record(connection, 1)


def fields(page: str, action: str) -> dict[str, list[str]]:
    """What a browser would send of the page's form to `action` if nothing is touched."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}[?"].*?</form>', page, re.S)
    assert form, f"no form to {action}"
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]*?name="([^"]+)"(?:[^>]*?value="([^"]*)")?', form[0]):
        found.setdefault(name, []).append(unescape(value))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found.setdefault(name, []).append(unescape(chosen[1] if chosen else ""))
    return found


def post(client: TestClient, path: str, **changes: str | list[str]) -> tuple[int, str]:
    """Sends the form of the page at `path` with some fields changed; status, where it leads."""
    given = fields(client.get(path).text, path)
    answer = client.post(path, data={**given, **changes})
    return answer.status_code, answer.headers.get("location", answer.text)


def test_the_queue_has_what_waits_and_each_decision_takes_it_out(
    signed_in: TestClient, report: str
) -> None:
    e1 = entry(report, "e1")
    page = signed_in.get("/review?layer=events").text
    assert page.count('class="waiting"') == 2
    given = fields(page, f"/review/entries/{e1}")
    answer = signed_in.post(f"/review/entries/{e1}", data={**given, "action": "accept"})
    assert answer.status_code == 303
    onward = answer.headers["location"]
    assert onward.startswith("/review?layer=events&done=v-")
    page = signed_in.get(onward).text
    assert page.count('class="waiting"') == 1
    assert "accepted" in page


def test_a_speaker_is_corrected_in_the_record(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 's1')}"
    marrow = keys.keys(record())["a4"]
    status, _ = post(signed_in, path, action="correct", speaker=[marrow, ""], authority="named")
    assert status == 303
    statement = now(store).statements[0]
    assert (statement.speaker, statement.authority) == (("a4",), "named")
    assert statement.content == record().statements[0].content
    page = signed_in.get(path).text
    assert "corrected by <bdi>Ana</bdi>" in page
    assert "Ilena Marrow" in page


def test_words_typed_over_are_looked_for_in_the_text(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    words = {"trigger.words": "rejected  a lasting truce"}
    assert post(signed_in, path, action="correct", **words)[0] == 303
    assert now(store).events[0].trigger.text == "rejected a lasting truce"
    status, page = post(signed_in, path, action="correct", **{"trigger.words": "welcomed it"})
    assert status == 422
    assert "doesn&#39;t have &#39;welcomed it&#39;" in page
    assert 'value="welcomed it"' in page, "what was typed is still there"


def test_offsets_choose_among_words_that_stand_twice(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'o1')}"
    second = record().text.index("a lasting truce", record().text.index('"We'))
    given = {"what.words": "a lasting truce", "what.at": f"{second}-{second + 15}"}
    # The words are those of o2 then, which tells the same by: the entry stays, its place moves.
    assert post(signed_in, path, action="correct", **given)[0] == 303
    assert second in [position.what.start for position in now(store).positions]


def test_what_breaks_the_contract_is_told_and_not_made(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    for wrong in ({"type": "BOMB"}, {"actors": "a-nobody"}, {"trigger.words": ""}):
        status, page = post(signed_in, path, action="correct", **wrong)
        assert status == 422
        assert 'role="alert"' in page
    assert post(signed_in, path, action="correct")[0] == 422, "nothing is changed"
    with store.read() as connection:
        assert reviews.history(connection) == []


def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    anas = fields(signed_in.get(path).text, path)
    reviews.correct(store, entry(report, "e1"), {"type": "COERCE"}, who="Ben", note="no words")
    answer = signed_in.post(path, data={**anas, "action": "correct", "status": "future"})
    assert answer.status_code == 409
    assert "Ben" in answer.text
    assert "COERCE" in answer.text
    assert "future" in answer.text, "what Ana wanted is told too"
    event = now(store).events[0]
    assert (event.type, event.status) == ("COERCE", "actual")


def test_the_second_is_told_too_where_the_first_rejected_it(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    anas = fields(signed_in.get(path).text, path)
    reviews.reject(store, entry(report, "e1"), who="Ben")
    for action in ("accept", "correct", "reject"):
        answer = signed_in.post(path, data={**anas, "action": action})
        assert answer.status_code == 409, action
        assert "rejected" in answer.text
    page = signed_in.get(path)
    assert page.status_code == 200
    assert "no part of the record" in page.text


def test_a_decision_is_undone_where_it_was_made_and_redone(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    assert post(signed_in, path, action="reject")[0] == 303
    assert len(now(store).events) == 1
    for many in (2, 1):
        given = fields(signed_in.get(path).text, "/review/undo")
        assert signed_in.post("/review/undo", data=given).status_code == 303
        assert len(now(store).events) == many


def test_whoever_is_not_signed_in_sees_the_queue_and_can_decide_nothing(
    visitor: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    for shown in ("/review", path, "/review/log", "/review/actors"):
        page = visitor.get(shown).text
        assert 'value="accept"' not in page
    assert visitor.post(path, data={"action": "reject", "seen": ""}).status_code == 401
    assert now(store) == record_as_kept(store)


def record_as_kept(store: Store) -> Record:
    with store.read() as connection:
        return load.reading(connection, 1)


def test_a_form_without_the_sessions_token_decides_nothing(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    given = {**fields(signed_in.get(path).text, path), "action": "reject"}
    del signed_in.headers["x-csrf-token"]
    assert signed_in.post(path, data={**given, "csrf": "another"}).status_code == 403
    assert len(now(store).events) == 2
    assert signed_in.post(path, data=given).status_code == 303


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_decision_leads_nowhere_else(signed_in: TestClient, report: str, onward: str) -> None:
    path = f"/review/entries/{entry(report, 'e1')}"
    _, location = post(signed_in, path, action="accept", onward=onward)
    assert urlsplit(location).netloc == ""
    assert location.startswith("/review?done=")


def test_the_next_of_the_queue_follows(signed_in: TestClient, report: str) -> None:
    first = signed_in.get("/review/next?layer=events").headers["location"]
    found = re.match(r"/review/entries/([^?]+)\?layer=events", first)
    assert found
    then = signed_in.get(f"/review/next?layer=events&after={found[1]}").headers["location"]
    assert then.startswith("/review/entries/")
    assert found[1] not in then
    end = re.match(r"/review/entries/([^?]+)", then)
    assert end
    last = signed_in.get(f"/review/next?layer=events&after={end[1]}").headers["location"]
    assert last == "/review?layer=events"


def test_actors_are_merged_and_parted(signed_in: TestClient, store: Store, report: str) -> None:
    path = "/review/actors/c-kaldia"
    given = fields(signed_in.get(f"{path}?name=velmar").text, path)
    answer = signed_in.post(path, data={**given, "action": "merge", "into": "c-velmar"})
    assert answer.status_code == 303
    assert "merged" in signed_in.get("/review/actors/c-velmar").text
    marrow = entry(report, "a4")
    path = "/review/actors/c-ilena marrow"
    page = signed_in.get(path).text
    parted = {"action": "split", "actor": marrow, "called": "Marrow the younger"}
    given = fields(page.replace("c-ilena%20marrow", "c-ilena marrow"), path)
    assert signed_in.post(path, data={**given, **parted}).status_code == 303
    assert "Marrow the younger" in signed_in.get("/actors?name=younger").text
    assert signed_in.post(path, data={**given, **parted}).status_code == 409, "overtaken by itself"


def test_the_log_tells_who_decided_what(signed_in: TestClient, store: Store, report: str) -> None:
    reviews.correct(store, entry(report, "e1"), {"type": "COERCE"}, who="Ben", note="no words")
    reviews.undo(store, reviews.accept(store, entry(report, "e2"), who="Ana"), who="Cem")
    page = re.sub(r"<[^>]+>", "", signed_in.get("/review/log").text)
    page = " ".join(page.split())
    assert "Ben corrected event" in page
    assert "type REJECT → COERCE" in page
    assert "no words" in page
    assert "Cem took back the acceptance of event" in page


def test_reviews_come_out_as_gold_records(
    visitor: TestClient, store: Store, report: str, tmp_path: Path
) -> None:
    assert visitor.get("/review/gold.jsonl").text == ""
    reviews.correct(store, entry(report, "e1"), {"type": "COERCE"}, who="Ben")
    reviews.reject(store, entry(report, "s3"), who="Ben")
    (line,) = visitor.get("/review/gold.jsonl").text.splitlines()
    made = json.loads(line)
    assert made["review"]["decided"] == 1
    assert [one["layer"] for one in made["review"]["rejected"]] == ["statements"]
    assert [event["type"] for event in made["events"]] == ["COERCE", "ASSAULT"]
    assert made["events"][1]["voice"] == "author", "the voice that was rejected holds nothing"
    Record.from_dict(made)
    assert visitor.get("/review/gold.jsonl?whole=1").text == ""
    assert "Decided about" in visitor.get("/review/gold").text


def test_a_hostile_name_is_shown_as_text(signed_in: TestClient, store: Store, report: str) -> None:
    hostile = "<script>alert(1)</script>"
    id = reviews.accept(store, entry(report, "e1"), who=hostile, note='"><img src=x onerror=y>')
    for path in ("/review/log", f"/review?done={id}", f"/review/entries/{entry(report, 'e1')}"):
        page = signed_in.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert" in page


@pytest.fixture
def two(store: Store) -> str:
    """Reports of two conflicts, linked; the id of the first."""
    first, _ = fill(store, [record(1), renamed(record(2), {"Ilena Marrow": "Tomas Veldon"})])
    return first


def spoken(client: TestClient, name: str) -> str:
    """What the page of the actor of this name has among its statements."""
    found = re.search(r'<a href="(/actors/c-[^"]+)"', client.get(f"/actors?name={name}").text)
    assert found, f"nobody is called {name}"
    return client.get(found[1]).text.partition('id="said"')[2]


def test_a_speaker_from_the_catalogue_is_brought_into_a_record_and_taken_out_again(
    signed_in: TestClient, store: Store, two: str
) -> None:
    path = f"/review/entries/{entry(two, 's1')}"
    assert two not in spoken(signed_in, "Tomas Veldon")
    chosen = {"action": "correct", "speaker": "", "speaker.new": "tomas veldon"}
    status, location = post(signed_in, path, authority="named", **chosen)
    assert status == 303
    statement = now(store).statements[0]
    (speaker,) = statement.speaker
    assert now(store).actor(speaker).name == "Tomas Veldon", "as the catalogue has the name"
    assert now(store).actor(speaker).kind == "person"
    assert two in spoken(signed_in, "Tomas Veldon"), "it is told of where he is told of"
    made = location.partition("done=")[2]
    page = signed_in.get(location if "entries" in location else path).text
    undone = {**fields(page, "/review/undo"), "id": made}
    assert signed_in.post("/review/undo", data=undone).status_code == 303
    assert two not in spoken(signed_in, "Tomas Veldon")


def test_somebody_new_wants_a_kind_and_what_was_typed_stays(
    signed_in: TestClient, store: Store, report: str
) -> None:
    path = f"/review/entries/{entry(report, 's1')}"
    new = {"action": "correct", "speaker.new": "Petra Halden"}
    status, page = post(signed_in, path, **new)
    assert status == 422
    assert "nobody in the store is called" in page
    assert 'value="Petra Halden"' in page
    status, _ = post(signed_in, path, **new, **{"speaker.kind": "person"})
    assert status == 303
    names = [now(store).actor(id).name for id in now(store).statements[0].speaker]
    assert names[-1] == "Petra Halden"


def test_a_pair_that_is_not_the_same_goes_and_comes_back_when_that_is_undone(
    signed_in: TestClient, store: Store
) -> None:
    fill(store, [record(1), renamed(record(2), {"Ilena Marrow": "Marrow Ilena"})])
    page = signed_in.get("/review/actors").text
    path = re.search(r'<form method="post" action="(/review/actors/c-[^"]+)"', page)
    assert path
    given = fields(page.replace(f'{path[1]}"', f'{path[1]}?"'), path[1])
    answer = signed_in.post(path[1], data={**given, "action": "distinct"})
    assert answer.status_code == 303
    page = signed_in.get(answer.headers["location"]).text
    assert "may be <a" not in page
    assert "kept apart" in page
    undone = fields(page.replace('/review/undo"', '/review/undo?"'), "/review/undo")
    assert signed_in.post("/review/undo", data=undone).status_code == 303
    assert "may be <a" in signed_in.get("/review/actors").text


def test_pages_say_who_looked_at_an_entry_and_when(
    visitor: TestClient, store: Store, two: str
) -> None:
    assert "accepted by" not in visitor.get("/timeline").text
    reviews.accept(store, entry(two, "e1"), who="Ana & Ben")
    day = visitor.get("/review/log").text.partition('datetime="')[2][:10]
    for path in (f"/reports/{two}", "/timeline"):
        page = visitor.get(path).text
        assert "accepted by <bdi>Ana &amp; Ben</bdi>" in page
        assert f'datetime="{day}' in page.partition("accepted by")[2]

"""Jobs: one after the other, told of while they go on, bounded, stopped."""

import threading
from collections.abc import Iterator

import pytest
from tests.serve.filling import Reader, several

from onrecord.errors import FetchFailed
from onrecord.intake.document import Document
from onrecord.intake.stream import Item
from onrecord.serve.jobs import Job
from onrecord.serve.reader import SharedReader
from onrecord.serve.work import Full, Gather, Work
from onrecord.store import Store


@pytest.fixture
def work(store: Store) -> Iterator[Work]:
    made = Work(store, SharedReader(Reader), waiting=2)
    yield made
    made.close()


def texts(many: int) -> Gather:
    def gather(job: Job) -> Iterator[Item]:
        for n in range(many):
            yield Item(f"file {n}", Document(text=f"Report {n}: the truce holds."))

    return gather


def over(job: Job) -> Job:
    for _ in range(200):
        if job.over and job.ended_at:
            return job
        threading.Event().wait(0.02)
    raise AssertionError(job)


def test_a_job_tells_what_became_of_each_report(work: Work) -> None:
    job = over(work.submit(texts(3), what="three", who="Ana"))
    assert job.state == "done"
    assert job.tally == {"read": 3}
    assert [one.place for one in job.outcomes] == ["file 0", "file 1", "file 2"]


def test_one_that_fails_does_not_stop_the_others(work: Work) -> None:
    def gather(job: Job) -> Iterator[Item]:
        yield Item("http://gone.example/", None, FetchFailed("gone"))
        yield Item("bad", Document(text="This breaks the reader."))
        yield from texts(1)(job)

    job = over(work.submit(gather, what="mixed", who="Ana"))
    assert job.state == "done"
    assert job.tally == {"failed": 2, "read": 1}


def test_a_fault_ends_the_job_and_not_the_work(work: Work) -> None:
    def gather(job: Job) -> Iterator[Item]:
        raise MemoryError("the details of this machine")

    job = over(work.submit(gather, what="bad", who="Ana"))
    assert job.state == "failed"
    assert "machine" not in job.why
    assert over(work.submit(texts(1), what="good", who="Ana")).state == "done"


def test_too_many_jobs_are_refused_and_a_stopped_one_keeps_what_was_read(work: Work) -> None:
    going, go_on = threading.Event(), threading.Event()

    def gather(job: Job) -> Iterator[Item]:
        yield Item("first", Document(text="The first report."))
        going.set()
        go_on.wait(5)
        yield Item("second", Document(text="The second report."))

    job = work.submit(gather, what="slow", who="Ana")
    assert going.wait(5)
    for _ in range(2):
        work.submit(texts(1), what="waits", who="Ana")
    with pytest.raises(Full, match="2 jobs wait"):
        work.submit(texts(1), what="too much", who="Ana")
    job.stop.set()
    go_on.set()
    assert over(job).state == "stopped"
    assert job.tally == {"read": 1}


def test_reviews_under_others_names_do_not_come_in(work: Work) -> None:
    review = {"review": {"id": "v-1", "who": "somebody else", "target": "r-1:s-1"}}

    def gather(job: Job) -> Iterator[Item]:
        yield Item("export.jsonl", Document(text="", kept=review))

    job = over(work.submit(gather, what="export", who="Ana"))
    assert job.tally == {"failed": 1}
    assert "reviews" in job.outcomes[0].why


def test_records_come_in_as_they_are(work: Work) -> None:
    def gather(job: Job) -> Iterator[Item]:
        for made in several(2):
            yield Item("records.jsonl", Document(text=made.text, records=(made,)))

    assert over(work.submit(gather, what="records", who="Ana")).tally == {"kept": 2}


def test_what_a_page_tells_of_stays_as_it_was_seen(work: Work) -> None:
    job = work.submit(texts(2), what="two", who="Ana")
    seen = job.seen()
    before = (seen.state, dict(seen.tally), list(seen.outcomes))
    over(job)
    assert (seen.state, dict(seen.tally), list(seen.outcomes)) == before
    assert job.seen().over

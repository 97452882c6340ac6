import pytest

from onrecord.errors import FetchFailed
from onrecord.intake.document import Document
from onrecord.intake.pages import MOST, Follower
from onrecord.intake.web import Page

PAGE = """<html><head><title>Talks resume</title></head><body><article><h1>Talks resume</h1>
<p>BRENNA (Coastal Wire) - Envoys of Velmar and the Front met on Friday, mediators said.</p>
<p>They spoke of a lasting truce, and of the prisoners whom either side holds since the spring.</p>
<p>Neither side said when they would meet again; the mediators spoke of a week or two at most.</p>
</article></body></html>"""


class Web:
    def __init__(self, page: str = PAGE) -> None:
        self.page = page
        self.asked: list[str] = []
        self.waits: list[float] = []

    def fetch(self, url: str) -> Page:
        self.asked.append(url)
        if "gone" in url:
            raise FetchFailed(f"{url}: the server answers 404 Not Found")
        return Page(self.page.encode(), url, "utf-8")


def follower(web: Web, *, most: int = MOST) -> Follower:
    return Follower(fetch=web.fetch, sleep=web.waits.append, most=most)


def summary(url: str | None = "https://wire.example/2") -> Document:
    return Document(
        text="Talks resume\n\nTalks resumed.", title="Talks resume", name=url, summary_of=url,
        published="2025-05-26", publisher="Coastal Wire", warnings=("a summary only",),
    )  # fmt: skip


def test_a_summary_gets_the_text_of_its_page_and_keeps_what_the_feed_knows() -> None:
    web = Web()
    whole = follower(web)(summary())
    assert "the prisoners whom either side holds" in whole.text
    assert (whole.published, whole.publisher) == ("2025-05-26", "Coastal Wire")
    assert whole.name == "https://wire.example/2"
    assert (whole.media_type, whole.warnings) == ("text/html", ())


def test_what_is_no_summary_is_left_alone() -> None:
    web = Web()
    given = summary(None)
    assert follower(web)(given) is given
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "page", "warning"),
    [
        ("https://wire.example/gone", PAGE, "404"),
        ("https://wire.example/2", "<html><body><p>Talks.</p></body></html>", "no more text"),
        ("https://wire.example/2", "", "could not be read"),
    ],
)
def test_without_a_page_the_summary_stays_with_a_warning(url: str, page: str, warning: str) -> None:
    kept = follower(Web(page))(summary(url))
    assert kept.text == summary().text
    assert warning in kept.warnings[-1]


def test_there_is_a_bound_and_a_server_is_not_pressed() -> None:
    web = Web()
    follow = follower(web, most=2)
    made = [follow(summary(f"https://wire.example/{k}")) for k in range(3)]
    assert len(web.asked) == 2
    assert len(web.waits) == 1
    assert "2 were in this run" in made[2].warnings[-1]

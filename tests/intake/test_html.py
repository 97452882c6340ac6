from pathlib import Path

import pytest
from tests.conftest import ROOT

from onrecord.intake import html, load

PARAGRAPH = "The truce between Velmar and the Front held on Monday, monitors of the Union said. "


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_the_article_is_found_and_the_rest_left_out() -> None:
    document = load(ROOT / "examples" / "convoy.html")
    assert document.text.count("\n\n") == 8
    assert "advertising" not in document.text
    assert "Sport" not in document.text


def test_title_date_and_publisher_are_taken_from_the_page() -> None:
    document = load(ROOT / "examples" / "convoy.html")
    assert document.title == "Velmar promises convoy to Brenna, Front sets terms for prisoners"
    assert document.published == "2025-06-13"
    assert document.publisher == "The Sahl Courier"


def test_the_title_is_the_first_paragraph_once() -> None:
    document = load(ROOT / "examples" / "convoy.html")
    assert document.title is not None
    assert document.text.startswith(f"{document.title}\n\nThe government of Velmar")
    assert document.text.count(document.title) == 1


def test_a_title_that_is_not_in_the_text_is_put_before_it() -> None:
    head = '<meta property="og:title" content="Truce holds">'
    body = f"<article>{'<p>' + PARAGRAPH * 2 + '</p>'}</article>"
    document = html.document(_page(body, head), url=None)
    assert document.text.startswith("Truce holds\n\nThe truce between")


def test_scripts_are_no_text() -> None:
    body = f"<p>{PARAGRAPH}</p><script>var secret = 'deny';</script><style>p {{}}</style>"
    assert "secret" not in html.document(_page(body), url=None).text


def test_entities_become_characters() -> None:
    body = f"<article><p>&ldquo;No,&rdquo; he said &ndash; twice. {PARAGRAPH}</p></article>"
    assert html.document(_page(body), url=None).text.startswith("“No,” he said – twice.")


def test_a_page_without_an_article_is_read_whole_with_a_warning() -> None:
    page = _page("<div>Talks</div><div>stall</div><script>x</script><script>never closed")
    document = html.document(page, url=None)
    if document.warnings:
        assert "no article" in document.warnings[0]
    assert document.text.split() == ["Talks", "stall"]


def test_a_page_of_tags_that_never_close_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body>" + "<div><p>Talks stall." * 3000)
    assert "Talks stall." in load(path).text


@pytest.mark.parametrize(
    ("written", "published", "warned"),
    [
        ("2023-02-28", "2023-02-28", False),
        ("2023-02-03T99:99:99", "2023-02-03", False),
        ("2023-02", "2023-02", False),
        ("2023-02-30T10:00:00", None, True),
        ("31/04/2023", None, True),
    ],
)
def test_a_page_s_day_is_one_that_it_gives(
    written: str, published: str | None, warned: bool
) -> None:
    head = f'<meta name="date" content="{written}"><title>Talks</title>'
    found = html.document(_page(f"<article><p>{PARAGRAPH}</p></article>", head), url=None)
    assert found.published == published
    assert any("is no date" in warning for warning in found.warnings) == warned

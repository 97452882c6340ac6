import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from tests.strategies import records

from onrecord import export
from onrecord.export.page.markup import Markup, escape, tag
from onrecord.record import Actor, HeadlineClaim, Record, Report, Span, Statement

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "<!-- --><svg/onload=alert(1)>",
    "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
    "<b\x00r> \x1b[31m \u202e\u2066",
    "javascript:alert(1)",
]


class _Parsed(HTMLParser):
    """The elements, attributes and text of a page, as a browser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.within: list[str] = []
        self.article = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "img"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.within or "h1" in self.within:
            self.article += data


def _everywhere(words: str) -> Record:
    """A record that has `words` wherever a record can have words."""
    text = f"{words} said {words}"
    span = Span.of(text, 0, len(words))
    return Record(
        report=Report(id=words, title=words, published=words, publisher=words, text=text,
                      warnings=(words,)),
        actors=(Actor(id="a1", name=words, aliases=(words,), kind="group", of=words, role=words),),
        statements=(
            Statement(id="s1", content=(span,), speaker=("a1",), mode="direct", act="deny",
                      authority="named", via=(words,), to=(words,)),
        ),
        headline=(HeadlineClaim(claim=span, support="full", by=("s1",)),),
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_of_a_report_become_code(words: str) -> None:
    page = export.render(_everywhere(words), "html")
    parsed = _Parsed(page)
    assert parsed.tags.count("script") == 1
    assert parsed.tags.count("style") == 1
    assert not {"img", "svg", "b", "i"} & set(parsed.tags) - {"b", "i"}
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    assert not [value for name, value in parsed.attributes
                if name == "href" and not value.startswith("#r-")]  # fmt: skip


@given(records())
def test_the_page_is_well_formed_and_lets_no_code_in(record: Record) -> None:
    parsed = _Parsed(export.render(record, "html"))
    assert parsed.within == []
    assert parsed.tags.count("script") == 1
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]


@given(records())
def test_the_page_has_every_word_of_the_text_in_order(record: Record) -> None:
    parsed = _Parsed(export.render(record, "html"))
    assert _letters(record.text) in _letters(parsed.article)


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text, re.ASCII))


def test_nothing_is_loaded_from_anywhere(record: Record) -> None:
    page = export.render(record, "html")
    namespace = "http://www.w3.org/2000/svg"
    assert "://" not in page.replace(namespace, "")
    parsed = _Parsed(page)
    assert not {"link", "img", "iframe", "object"} & set(parsed.tags)
    assert not [name for name, _ in parsed.attributes if name in ("src", "srcset", "data")]
    assert "default-src 'none'" in page


def test_every_statement_is_marked_with_its_authority(record: Record) -> None:
    page = export.render(record, "html")
    for statement in record.statements:
        first = re.search(rf'<span class="said (\w+)[^"]*" data-e="[^"]*\b{statement.id}\b', page)
        assert first, statement.id
        assert f'id="r-{statement.id}"' in page
    assert re.search(r'<span class="said named[^"]*" data-e="[^"]*\bs4\b', page)


def test_the_headline_stands_above_the_text_with_its_verdict_under_it(record: Record) -> None:
    page = export.render(record, "html")
    assert page.index("<h1") < page.index("disputed</span>") < page.index("<article")
    assert _Parsed(page).article.count("Front rejects truce") == 1


def test_a_report_without_a_title_has_no_headline(record: Record) -> None:
    bare = replace(record, report=replace(record.report, title=None), headline=())
    assert "<h1" not in export.render(bare, "html")


def test_references_lead_to_entries_that_are_there(record: Record) -> None:
    page = export.render(record, "html")
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_warnings_are_shown(record: Record) -> None:
    report = replace(record.report, warnings=("the text looks like Indonesian (id)",))
    page = export.render(replace(record, report=report), "html")
    assert "⚠ the text looks like Indonesian (id)" in page


def test_text_is_escaped_unless_it_is_markup() -> None:
    assert tag("b", "<", Markup("<i></i>")) == "<b>&lt;<i></i></b>"
    assert tag("a", "x", href='"', data_e=None, open=True) == '<a href="&quot;" open>x</a>'
    assert escape("a\x00b") == "a\ufffdb"

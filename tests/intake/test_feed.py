import pytest

from onrecord.errors import EmptyInput, UnsupportedInput
from onrecord.intake import feed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Coastal Wire</title>
<item><title>Front rejects &amp; Kaldia waits</title><link>https://wire.example/1</link>
<pubDate>Mon, 26 May 2025 10:00:00 +0200</pubDate><dc:creator>Ana Roe</dc:creator>
<description>Short.</description>
<content:encoded>
<![CDATA[<p>The Front rejected a truce.</p><p>Kaldia waits.</p>]]></content:encoded>
</item>
<item><title>Talks resume</title><link>https://wire.example/2</link>
<description>Talks resumed in Brenna.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title>
<entry><title>Truce</title><id>tag:1</id><updated>2025-05-26T08:00:00Z</updated>
<content type="html">&lt;p&gt;A truce holds.&lt;/p&gt;</content></entry></feed>"""


def test_rss_gives_its_reports_with_text_date_author_and_outlet() -> None:
    first, second = feed.documents(RSS.encode(), name="feed")
    assert first.text == (
        "Front rejects & Kaldia waits\n\nThe Front rejected a truce.\n\nKaldia waits."
    )
    assert (first.published, first.publisher, first.byline, first.name) == (
        "2025-05-26T08:00:00+00:00", "Coastal Wire", "Ana Roe", "https://wire.example/1",
    )  # fmt: skip
    assert first.warnings == ()
    assert second.published is None
    assert "summary of this report only" in second.warnings[0]
    assert (first.summary_of, second.summary_of) == (None, "https://wire.example/2")


def test_atom_is_read_as_well() -> None:
    (only,) = feed.documents(ATOM.encode(), name="feed")
    assert (only.text, only.publisher) == ("Truce\n\nA truce holds.", "The Daily")
    assert only.published == "2025-05-26T08:00:00+00:00"


def test_a_feed_is_told_by_its_beginning() -> None:
    assert feed.is_feed(RSS.encode())
    assert feed.is_feed(ATOM.encode())
    assert not feed.is_feed(b"<html><body>rss</body></html>")
    assert not feed.is_feed(b"The feed of the front")


def test_a_feed_that_breaks_off_gives_what_stands_before() -> None:
    found = list(feed.documents(RSS.encode()[:-60], name="feed"))
    assert found[0].text.endswith("Kaldia waits.")
    assert "isn't well-formed" in found[0].warnings[0]


def test_an_empty_feed_and_a_broken_one_are_told_apart() -> None:
    with pytest.raises(EmptyInput, match="no report in this feed"):
        list(feed.documents(b"<rss version='2.0'><channel></channel></rss>", name="feed"))
    with pytest.raises(UnsupportedInput, match="no feed that can be read"):
        list(feed.documents(b"<rss><channel><item", name="feed"))


def test_an_entry_whose_tags_are_broken_is_read_as_far_as_it_goes() -> None:
    [document] = feed.documents(
        b"<rss><channel><item><title>Truce holds</title><description</content<", name="x"
    )
    assert document.text.strip() == "Truce holds"
    assert "well-formed" in document.warnings[0]


def test_a_feed_whose_encoding_has_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnsupportedInput, match="no feed that can be read"):
        list(feed.documents(b'<?xml version="1.0" encoding="gb\xc4\x19"?><rss></rss>', name="x"))

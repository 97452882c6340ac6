"""The site is built without a warning, asks nobody else for anything, and its links hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docs.hooks import pieces, site
from tests.conftest import ROOT
from tests.docs import pages

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FETCHED = re.compile(r"<(?:script|img|iframe|link|source)\b[^>]*?(?:src|href)=\"?(?:https?:)?//")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    pytest.importorskip("material", reason="the docs extra isn't installed")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_on_the_site(built: Path) -> None:
    for name in pages.names():
        assert (built / name).with_suffix(".html").exists(), name


def test_no_marker_is_left_and_no_source_is_taken_along(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert "&lt;!-- " not in page.read_text("utf-8"), page
        assert not re.search("<!-- (options|from|columns)", page.read_text("utf-8")), page
    assert not list(built.rglob("*.py"))


def test_nothing_is_fetched_from_elsewhere(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert not _FETCHED.search(page.read_text("utf-8")), page
    for style in built.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", style.read_text("utf-8"))


def test_the_search_has_words_of_the_pages_and_of_the_tables(built: Path) -> None:
    index = (built / "search" / "search_index.json").read_text("utf-8")
    assert "discontinuous" in index or "offsets" in index
    assert "--changed-since" in index


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_to_files_hold_outside_the_site_too(name: str) -> None:
    for target in _LINK.findall((ROOT / name).read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (ROOT / target.partition("#")[0]).exists(), f"{name}: {target}"


def test_a_piece_of_a_file_keeps_links_into_the_pages_and_only_names_others() -> None:
    piece = pieces.piece("README.md#How good it is", page="quality.md")
    assert piece.startswith("Measured")
    assert "training/LOG.md" in piece
    assert "](training/LOG.md)" not in piece
    whole = pieces.piece("README.md", page="decisions/reading.md")
    assert "](../record.md)" in whole
    assert "![" not in whole or "](../images/read.svg)" in whole


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match=r"README.md has no section 'Nowhere'"):
        site.filled("<!-- from: README.md#Nowhere -->", page="index.md")


def test_a_pattern_in_the_navigation_is_the_pages_it_fits() -> None:
    made = site._expanded([{"Decisions": ["decisions/*.md"]}, "index.md"], pages.DOCS)
    assert "decisions/reading.md" in made[0]["Decisions"]
    assert made[1] == "index.md"

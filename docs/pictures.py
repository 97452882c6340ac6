"""Makes the pictures of the documentation.

    python docs/pictures.py [REPORT]

`docs/images/read.svg` is what `onrecord read REPORT` prints, and `docs/images/page.png` (where
Chromium is at hand) the page that `--format html` writes. REPORT is a report, or a record of one;
by default it is `examples/truce.txt`.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from onrecord import export
from onrecord.cli.people import print_record
from onrecord.cli.reading import LazyReader
from onrecord.intake import load
from onrecord.record import Record

IMAGES = Path(__file__).parent / "images"
COLUMNS = 104
PAPER = TerminalTheme(
    (252, 251, 248),
    (30, 29, 27),
    [(30, 29, 27), (180, 35, 24), (28, 122, 62), (150, 101, 10), (43, 95, 158), (120, 60, 130),
     (20, 110, 120), (109, 104, 96)],
)  # fmt: skip


def _record(place: str) -> Record:
    document = load(place)
    if document.records:
        return document.records[0]
    return LazyReader().get().read(document.text, title=document.title, id=Path(place).stem)


def _terminal(record: Record, title: str) -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    print_record(record, console)
    svg = console.export_svg(title=title, theme=PAPER)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)  # fonts from elsewhere
    (IMAGES / "read.svg").write_text(svg, encoding="utf-8")


def _page(record: Record) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        (page,) = export.write(record, "html", Path(folder), stem="page")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        flags += ["--no-first-run", "--disable-background-networking", "--window-size=1360,1020"]
        flags += [f"--user-data-dir={folder}/browser", f"--screenshot={IMAGES / 'page.png'}"]
        subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Makes both pictures."""
    place = sys.argv[1] if len(sys.argv) > 1 else "examples/truce.txt"
    record = _record(place)
    IMAGES.mkdir(exist_ok=True)
    _terminal(record, f"onrecord read {Path(place).name}")
    _page(record)


if __name__ == "__main__":
    main()

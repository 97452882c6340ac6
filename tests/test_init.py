import subprocess
import sys
from collections.abc import Iterator

import pytest

import onrecord
from onrecord import reading
from onrecord.record import Record, Report


class _Reader:
    def read(self, text: str, *, id: str | None = None, **known: str | None) -> Record:
        title, published = known["title"], known["published"]
        return Record(report=Report(id=id or "digest", text=text, title=title, published=published))


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The reader replaced, and how often it was loaded with how many threads."""
    loaded: list[int] = []

    def load(*, threads: int) -> _Reader:
        loaded.append(threads)
        return _Reader()

    monkeypatch.setattr(reading.Reader, "load", load)
    onrecord._reader.cache_clear()
    yield loaded
    onrecord._reader.cache_clear()


def test_the_public_surface_is_what_it_says() -> None:
    assert onrecord.__all__ == ["OnrecordError", "Record", "__version__", "load", "read"]
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_importing_it_loads_neither_the_model_s_libraries_nor_spacy() -> None:
    code = (
        "import sys, onrecord; print(sorted({'onnxruntime', 'spacy', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_read_keeps_the_text_and_what_is_known(loads: list[int]) -> None:
    text = "The truce held on Monday, and the general said that it would be kept."
    report = onrecord.read(text, title="Truce holds", published="2025-05-26", id="x").report
    assert (report.text, report.title, report.published, report.id) == (
        text,
        "Truce holds",
        "2025-05-26",
        "x",
    )
    assert (report.language, report.warnings) == ("en", ())


def test_the_reader_is_loaded_once(loads: list[int]) -> None:
    onrecord.read("One.")
    onrecord.read("Two.")
    assert loads == [1]


def test_another_language_is_marked(loads: list[int]) -> None:
    text = "رفضت الجماعة المسلحة مقترح وقف إطلاق النار الذي قدمه الوسطاء، بحسب مصدرين أمنيين."
    report = onrecord.read(text).report
    assert report.language == "ar"
    assert "Arabic" in report.warnings[0]


def test_halves_of_characters_are_replaced_and_counted(loads: list[int]) -> None:
    report = onrecord.read("The truce \ud83d holds \udc00.").report
    assert report.text == "The truce \ufffd holds \ufffd."
    assert report.warnings == ("2 halves of characters replaced",)

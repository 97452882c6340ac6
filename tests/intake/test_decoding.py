import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UnsupportedInput
from onrecord.intake.decoding import decode

TEXT = "“No talks,” the general said – not before the thaw. Überall Ruhe."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), name="x") == (TEXT, ())


def test_windows_1252_is_read_and_said_to_be() -> None:
    text, (warning,) = decode(TEXT.encode("cp1252"), name="x")
    assert text == TEXT
    assert "Windows-1252" in warning


def test_what_a_server_says_goes_before_windows_1252() -> None:
    russian = "Переговоры продолжаются, сказал представитель." * 3
    assert decode(russian.encode("koi8-r"), name="x", charset="koi8-r") == (russian, ())


def test_what_a_page_says_of_itself_is_believed() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Rozmowy trwają</body></html>'
    assert decode(page.encode("iso-8859-2"), name="x")[0] == page


@pytest.mark.parametrize(
    "charset", ["hex", "rot13", "undefined", "idna", "unicode_escape", "utf-7", "no\x00name", "é"]
)
def test_what_is_no_encoding_of_pages_is_not_believed(charset: str) -> None:
    data = rb"\ud800 +2AA- caf" + b"\xe9 and tea, the army said."
    text, (warning,) = decode(data, name="x", charset=charset)
    assert text.endswith("café and tea, the army said.")
    assert "Windows-1252" in warning


def test_a_nul_is_replaced_and_counted() -> None:
    text, (warning,) = decode(b"The truce\x00 holds, the army said." * 2, name="x")
    assert text == "The truce\ufffd holds, the army said." * 2
    assert "2 NUL" in warning


def test_all_line_ends_become_one_kind() -> None:
    assert decode(b"one\r\ntwo\rthree\n", name="x")[0] == "one\ntwo\nthree\n"


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00" * 99, b"\x01\x02\x03\x04" * 99])
def test_bytes_that_are_no_text_are_refused_with_what_is_legal(data: bytes) -> None:
    with pytest.raises(UnsupportedInput, match=r"report\.bin.*legal are UTF-8"):
        decode(data, name="report.bin")


@given(st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs", "Cc"])))
def test_any_text_survives_utf_8(text: str) -> None:
    assert decode(text.removeprefix("\ufeff").encode("utf-8"), name="x")[0] == text.removeprefix(
        "\ufeff"
    )


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_are_refused(data: bytes) -> None:
    try:
        text, _ = decode(data, name="x")
    except UnsupportedInput:
        return
    text.encode("utf-8")
    assert "\x00" not in text

import pytest
from tests.intake.pdfs import pdf as made

from onrecord.errors import UnsupportedInput
from onrecord.intake import pdf

LINES = [
    "Truce holds in the highlands",
    "",
    "The truce between the government of Velmar and the Orsan Resistance Front held",
    "for a third day on Monday, monitors of the Littoral Union said in Port Sahl, where",
    "talks are to resume.",
    "A spokesman for the Front did not answer questions about the town of Brenna, which",
    "its fighters have held since May.",
]


def test_lines_are_joined_into_paragraphs() -> None:
    paragraphs = pdf.document(made(LINES), name="x").text.split("\n\n")
    assert paragraphs[-2].endswith("Port Sahl, where talks are to resume.")
    assert paragraphs[-1].startswith("A spokesman for the Front")
    assert "\n" not in paragraphs[-1]


def test_a_title_that_the_text_begins_with_is_the_title() -> None:
    document = pdf.document(made(LINES, title="Truce holds in the highlands"), name="x")
    assert document.title == "Truce holds in the highlands"
    assert document.text.count("Truce holds in the highlands") == 1


def test_a_title_that_is_a_file_s_name_is_left_aside() -> None:
    assert pdf.document(made(LINES, title="Microsoft Word - draft3.doc"), name="x").title is None


def test_a_page_that_is_damaged_is_left_out_and_told() -> None:
    data = made(LINES).replace(b"[3 0 R] /Count 1", b"[3 0 R 9 0 R] /Count 2")
    document = pdf.document(data, name="x")
    assert document.text.startswith("Truce holds in the highlands")
    assert document.warnings == ("1 page of this PDF can't be read",)


def test_a_file_without_a_page_that_can_be_read_is_refused_soon() -> None:
    data = made(LINES).replace(b"[3 0 R] /Count 1", b"[9 0 R] /Count 999999")
    with pytest.raises(UnsupportedInput, match="none of its pages"):
        pdf.document(data, name="x")


def test_a_file_that_wants_a_password_is_refused_by_that_name() -> None:
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}>".encode()
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 %s >> /ID [<31><31>]" % keys
    data = made(LINES).replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)
    with pytest.raises(UnsupportedInput, match="wants a password"):
        pdf.document(data, name="x")

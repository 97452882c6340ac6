from hypothesis import given
from tests.strategies import records

from onrecord import export
from onrecord.record import Record


def _lines(record: Record, kind: str) -> list[list[str]]:
    text = export.render(record, "brat")
    lines = [line.split("\t") for line in text.split("\n") if line]
    return [line for line in lines if line[0].startswith(kind)]


def test_statements_are_attributions_as_polnear_has_them(record: Record) -> None:
    words = {id: (label.split()[0], text) for id, label, text in _lines(record, "T")}
    event = _lines(record, "E")[0][1]
    parts = dict(part.split(":") for part in event.split())
    assert words[parts["Attribution"]] == ("Attribution", "disclosed by")
    assert words[parts["Source"]] == ("Source", "two Kaldian diplomats")
    assert words[parts["Content"]][1].startswith("The Orsan Resistance Front has rejected")


def test_denials_point_at_what_they_deny(record: Record) -> None:
    relations = [line[1] for line in _lines(record, "R")]
    assert "About Arg1:E3 Arg2:E1" in relations
    assert "Within Arg1:E11 Arg2:E10" in relations


def test_terms_that_are_each_other_s_price_are_related(record: Record) -> None:
    assert sum(line[1].startswith("Price ") for line in _lines(record, "R")) == 2


def test_labels_are_attributes(record: Record) -> None:
    attributes = [line[1] for line in _lines(record, "A")]
    assert "Act E3 deny" in attributes
    assert "Authority E4 named" in attributes


@given(records())
def test_every_fragment_is_what_stands_at_its_offsets(record: Record) -> None:
    for _, label, words in _lines(record, "T"):
        places = [place.split() for place in label.partition(" ")[2].split(";") if place]
        fragments = [record.text[int(start) : int(end)] for start, end in places]
        assert " ".join(fragments).split() == words.split()
        assert not any("\n" in fragment for fragment in fragments if fragment.strip())


@given(records())
def test_every_line_has_its_own_id(record: Record) -> None:
    ids = [line[0] for line in _lines(record, "")]
    assert len(ids) == len(set(ids))

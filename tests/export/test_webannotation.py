import json
from typing import Any

from hypothesis import given
from tests.strategies import records

from onrecord import export
from onrecord.record import Record


def _page(record: Record) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(export.render(record, "webannotation"))
    return page


def _targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_the_page_is_of_the_w3c_s_model(record: Record) -> None:
    page = _page(record)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert all(item["type"] == "Annotation" for item in page["items"])


def test_an_annotation_tells_the_entry_and_holds_it(record: Record) -> None:
    denial = next(item for item in _page(record)["items"] if item["id"].endswith(":s3"))
    layer, told, entry = denial["body"]
    assert layer["value"] == "statement"
    assert told["value"] == "A spokesman for the Front: deny, unnamed"
    assert json.loads(entry["value"]) == record.to_dict()["statements"][2]


def test_a_broken_quote_has_a_target_a_part(record: Record) -> None:
    broken = next(item for item in _page(record)["items"] if item["id"].endswith(":s5"))
    assert len(_targets(broken)) == 2


@given(records())
def test_positions_and_quotes_agree_with_the_text(record: Record) -> None:
    for annotation in _page(record)["items"]:
        for target in _targets(annotation):
            if "selector" not in target:
                continue
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert record.text[start:end] == quote["exact"]
            assert record.text[:start].endswith(quote["prefix"])
            assert record.text[end:].startswith(quote["suffix"])

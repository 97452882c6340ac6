import pytest

from benchmarks import hostile
from onrecord.reading.network import model_folder
from onrecord.reading.shipped import ShippedReader
from onrecord.running.batch import read_batch


def test_a_case_is_made_again_from_its_number() -> None:
    assert [hostile.case(n) for n in range(40)] == [hostile.case(n) for n in range(40)]
    assert {hostile.case(n)[0] for n in range(40)} == {
        maker.__name__.strip("_") for maker in hostile.MAKERS
    }


@pytest.mark.model
@pytest.mark.skipif(not model_folder().is_dir(), reason="there is no model")
def test_a_case_of_each_kind_comes_to_a_record_or_a_problem_of_its_own() -> None:
    reader = ShippedReader()
    for number in range(len(hostile.MAKERS)):
        kind, data = hostile.case(number)
        batch = read_batch([(number, hostile.unit(kind, data))], reader, shard="x")
        assert list(hostile.failures(number, batch)) == []
        assert batch.problems or batch.rows["reports"]

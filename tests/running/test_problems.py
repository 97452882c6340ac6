import pytest

from onrecord.errors import EmptyInput, RunError, UnsupportedInput
from onrecord.running.problems import FEW, LONGEST, Bound, Problem


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EmptyInput("none"), "empty"),
        (UnsupportedInput("a film"), "unreadable"),
        (KeyError("x"), "fault"),
    ],
)
def test_a_problem_says_whose_it_is(error: Exception, kind: str) -> None:
    assert Problem.of(1, error).kind == kind


def test_what_is_said_is_one_short_line_that_a_file_can_hold() -> None:
    said = Problem.of(1, UnsupportedInput("half \ud800\n" + "very " * 400)).why
    assert len(said) <= LONGEST
    assert "\n" not in said
    assert said.encode("utf-8").startswith(b"half ?")


def test_a_number_bounds_from_the_first_on() -> None:
    bound = Bound.of("3")
    assert [bound.passed(n, 0, ended=False) for n in (3, 4)] == [False, True]


def test_a_share_counts_once_there_are_some_or_at_the_end() -> None:
    bound = Bound.of("5%")
    assert not bound.passed(2, 1, ended=False)
    assert bound.passed(2, 1, ended=True)
    assert bound.passed(FEW + 1, 10 * FEW, ended=False)
    assert not bound.passed(FEW + 1, 100 * FEW, ended=False)
    assert not Bound.of("100%").passed(9, 0, ended=True)


@pytest.mark.parametrize("text", ["", "many", "-1", "2.5", "101%", "%"])
def test_other_bounds_are_refused(text: str) -> None:
    with pytest.raises(RunError, match="a share like 5%"):
        Bound.of(text)

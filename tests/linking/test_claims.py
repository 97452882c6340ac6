from dataclasses import replace

import pytest

from onrecord.linking.claims import group
from onrecord.linking.disputes import denied, disputes
from onrecord.linking.sameness import LATE, agree, same
from onrecord.linking.shelves import Claim
from onrecord.linking.telling import Denial, Surroundings, Told
from onrecord.linking.weights import Weights
from onrecord.linking.words import content

PASSAGES = (
    "Front fighters stormed the army post at Hallin Pass on March 3, killing 31 people",
    "Velmar shelled the harbour of Port Sahl for the third night",
    "mediators from Kaldia met the Union's envoy in the abbey at Lowen",
    "the council of Brenna voted to open its granary to refugees from the coast",
)


def event(id: str, passage: str, trigger: str, **more: object) -> Told:
    start = passage.index(trigger)
    around = Surroundings.of(passage, start, start + len(trigger))
    told = Told(
        id=id,
        report=id,
        layer="events",
        label="ASSAULT",
        status="actual",
        day="2025-03-05",
        happened=around.day("2025-03-05"),
        deed=around.deed(),
        doers=around.doers(),
        others=around.others(),
        head=frozenset(content(trigger)),
        words=around.words(),
    )
    return replace(told, **more)  # type: ignore[arg-type]


def figure(id: str, words: str, value: float, bound: str = "exact", **more: object) -> Told:
    told = Told(
        id=id,
        report=id,
        layer="figures",
        label="killed",
        status=bound,
        day="2025-03-05",
        head=frozenset(content(words)),
        words=frozenset(content(words)),
        value=value,
    )
    return replace(told, **more)  # type: ignore[arg-type]


def weights() -> Weights:
    made = Weights()
    made.add(event(f"x{n}", words, words.split()[1]) for n, words in enumerate(PASSAGES))
    return made


def test_one_event_in_two_reports_is_one_claim() -> None:
    one = event("a", PASSAGES[0], "stormed")
    other = event("b", "On March 3 the Front stormed Hallin Pass, where 31 died", "stormed")
    shelling = event("c", PASSAGES[1], "shelled")
    found = group([one, other, shelling], weights=weights())
    assert sorted(len(claim.members) for claim in found) == [1, 2]


def test_deeds_of_one_type_on_one_day_are_two_claims() -> None:
    one = event("a", "The Front stormed Hallin Pass on March 3", "stormed")
    other = event("b", "The Front kidnapped nine at Hallin Pass on March 3", "kidnapped")
    assert same(one, other, weights()) == 0.0


def test_the_same_deed_on_another_day_is_another_event() -> None:
    one = event("a", "Velmar shelled Port Sahl on March 3", "shelled")
    other = event("b", "Velmar shelled Port Sahl on March 9", "shelled")
    assert same(one, other, weights()) == 0.0


def test_who_does_it_to_whom_counts() -> None:
    one = event("a", "Velmar attacked Kaldia at dawn", "attacked")
    same_way = event("b", "Velmar attacked Kaldia in the night", "attacked")
    reversed_ = event("c", "Kaldia attacked Velmar in the night", "attacked")
    assert same(one, same_way, weights()) > same(one, reversed_, weights())


@pytest.mark.parametrize(
    ("awaited_on", "happened_on", "one_event"),
    [("2025-03-05", "2025-03-09", True), ("2025-03-09", "2025-03-05", False)],
)
def test_what_is_awaited_can_happen_later_and_not_before(
    awaited_on: str, happened_on: str, one_event: bool
) -> None:
    words = "Velmar's offensive on the harbour of Port Sahl"
    awaited = event("a", words, "offensive", status="future", day=awaited_on)
    happened = event("b", words, "offensive", day=happened_on)
    loss = same(replace(awaited, status="actual"), happened, weights()) - same(
        awaited, happened, weights()
    )
    assert loss == pytest.approx(0.0 if one_event else LATE)


def test_like_words_of_two_months_are_less_alike() -> None:
    term = Told(
        id="a", report="a", layer="terms", label="term", day="2025-03-05",
        head=frozenset(content("the release of prisoners")),
        words=frozenset(content("the release of prisoners")),
    )  # fmt: skip
    near, far = replace(term, day="2025-03-06"), replace(term, day="2025-06-05")
    assert same(term, near, weights()) > same(term, far, weights())


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ((1200, "exact"), (1200, "about"), True),
        ((25000, "more_than"), (25490, "exact"), True),
        ((1200, "exact"), (1400, "exact"), False),
        ((240, "about"), (250, "about"), False),
        ((50, "more_than"), (74, "exact"), False),
    ],
)
def test_which_figures_are_one_number(
    one: tuple[int, str], other: tuple[int, str], agrees: bool
) -> None:
    a, b = figure("a", "killed", *one), figure("b", "killed", *other)
    assert agree(a, b) is agree(b, a) is agrees


def test_a_claim_with_a_denial_is_disputed() -> None:
    told = event("a", PASSAGES[1], "shelled", voice="two diplomats")
    assert not denied(Claim([told]), weights())
    assert denied(
        Claim([replace(told, denied_by=(Denial("s3", "a spokesman", "unnamed"),))]), weights()
    )


def test_an_event_that_one_voice_negates_is_disputed() -> None:
    told = event("a", PASSAGES[1], "shelled", voice="Kaldia")
    negated = event("b", PASSAGES[1], "shelled", voice="Velmar", status="negated")
    assert denied(Claim([told, negated]), weights())
    assert not denied(Claim([told, replace(negated, voice="Kaldia")]), weights())


def test_figures_that_exclude_each_other_are_disputed() -> None:
    words = "villagers killed by shells in the harbour of Port Sahl"
    one = Claim([figure("a", f"40 {words}", 40, voice="the mayor")])
    other = Claim([figure("b", f"75 {words}", 75, voice="the Front")])
    found = disputes([one, other], weights())
    assert [(d.kind, d.claim, d.other) for d in found] == [("figures", one, other)]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "more_than", "value": 39.0},  # at least 39 can be 75
        {"day": "2025-03-20"},  # a toll that has grown
        {"label": "wounded"},
        {"words": frozenset(content("killed in an avalanche at Lowen abbey"))},
    ],
)
def test_figures_that_can_both_hold_are_not(changed: dict[str, object]) -> None:
    words = "villagers killed by shells in the harbour of Port Sahl"
    one = replace(figure("a", f"40 {words}", 40, voice="the mayor"), **changed)  # type: ignore[arg-type]
    other = figure("b", f"75 {words}", 75, voice="the Front")
    assert disputes([Claim([one]), Claim([other])], weights()) == []


def test_vague_numbers_say_nothing_of_each_other() -> None:
    one = figure("a", "hundreds of people fled Brenna", 100, "more_than", label="other")
    other = figure("b", "hundreds of metres from the Brenna road", 100, "more_than", label="other")
    assert len(group([one, other], weights=weights())) == 2

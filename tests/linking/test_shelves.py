import random

from tests.linking.test_claims import PASSAGES, event, figure, weights

from onrecord.linking.sameness import SAME, same
from onrecord.linking.shelves import LIKEST, Claim, Shelf
from onrecord.linking.telling import Told


def likest(told: Told, claims: list[Claim]) -> tuple[float, int]:
    """The same as a shelf finds, by comparing with every member of every claim."""
    weighed = weights()
    scored = []
    for k, claim in enumerate(claims):
        found = sorted((same(told, one, weighed) for one in claim.members), reverse=True)[:LIKEST]
        often = 0.2 * (len(claim.members) > LIKEST and found[-1] > 0.2)
        scored.append((sum(found) / len(found) + often, -k))
    best = max(scored)
    return best[0], -best[1]


def test_a_shelf_finds_the_claim_that_comparing_with_all_finds() -> None:
    chance = random.Random(3)
    words = [word for passage in PASSAGES for word in passage.split()]
    for _ in range(40):
        told = []
        for k in range(12):
            passage = " ".join(["Velmar", "shelled", *chance.sample(words, 6)])
            told.append(event(f"{k}", passage, "shelled"))
        claims = [Claim(told[0:1]), Claim(told[1:3]), Claim(told[3:10])]
        shelf, wanted = Shelf.of(claims), likest(told[11], claims)
        if wanted[0] >= SAME:
            score, place = shelf.best(told[11], weights())
            assert place == wanted[1]
            assert abs(score - wanted[0]) < 1e-9


def test_figures_are_found_by_their_numbers() -> None:
    words = "villagers killed by shells in the harbour of Port Sahl"
    claims = [Claim([figure(f"{n}", f"{n} {words}", n)]) for n in (40, 75, 900)]
    shelf = Shelf.of(claims)
    score, place = shelf.best(figure("x", f"75 {words}", 75), weights())
    assert score >= SAME
    assert claims[place].members[0].value == 75
    assert shelf.best(figure("y", f"50 {words}", 50), weights())[0] == 0.0


def test_what_joins_a_claim_is_found_in_it() -> None:
    one = event("a", PASSAGES[1], "shelled")
    shelf = Shelf()
    claim = shelf.new(one)
    shelf.add(event("b", PASSAGES[1], "shelled"), 0)
    assert [told.id for told in claim.members] == ["a", "b"]
    assert shelf.best(event("c", PASSAGES[1], "shelled"), weights())[1] == 0

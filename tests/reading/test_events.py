from tests.reading.hand import LABELS, analysis, event, mention, relate

from onrecord.reading.analysis import Analysis
from onrecord.reading.cast import cast_of
from onrecord.reading.events import DraftEvent, events
from onrecord.reading.paths import Tree


def the_event(made: Analysis) -> DraftEvent:
    (found,) = events(made, cast_of(made), after=0)
    return found


def names(draft: DraftEvent) -> tuple[list[str], list[str]]:
    return [c.surfaces[0] for c in draft.actors], [c.surfaces[0] for c in draft.recipients]


def raid() -> Analysis:
    made = analysis("Vendara said Korush forces raided the Teleb port.")
    for name, kind in (("Vendara", "state"), ("Korush", "state"), ("Teleb", "state")):
        mention(made, name, kind)  # type: ignore[arg-type]
    event(made, "raided", "ASSAULT")
    return made


def test_an_event_that_goes_with_nobody_has_no_actor() -> None:
    assert names(the_event(raid())) == ([], [])


def test_the_likeliest_actor_acts() -> None:
    made = raid()
    relate(made, "actor", "raided", "Korush", 9)
    relate(made, "actor", "raided", "Vendara", 6)
    assert names(the_event(made)) == (["Korush"], [])


def test_it_takes_two_to_meet() -> None:
    made = analysis("Korush met Teleb in Vendara.")
    for name in ("Korush", "Teleb", "Vendara"):
        mention(made, name, "state")
    event(made, "met", "CONSULT")
    relate(made, "actor", "met", "Korush", 9)
    relate(made, "actor", "met", "Teleb", 8.2)
    assert names(the_event(made)) == (["Korush", "Teleb"], [])


def test_one_who_may_act_or_suffer_is_what_is_likelier() -> None:
    made = raid()
    relate(made, "actor", "raided", "Korush", 9)
    relate(made, "actor", "raided", "Teleb", 9)
    relate(made, "recipient", "raided", "Teleb", 12)
    assert names(the_event(made)) == (["Korush"], ["Teleb"])


def test_all_mentions_of_an_actor_speak_for_it() -> None:
    made = analysis("Korush forces moved. Teleb waited. Korush attacked.")
    mention(made, "Korush", "state")
    mention(made, "Korush", "state", 2)
    mention(made, "Teleb", "state")
    event(made, "attacked", "ASSAULT")
    relate(made, "actor", "attacked", "Korush", 5.4)
    relate(made, "actor", "attacked", "Teleb", 5.6)
    made.right[made.forms().index("Korush", 1), 2] = made.right[0, 2]  # type: ignore[index]
    assert names(the_event(made))[0] == ["Korush"]


def test_grammar_speaks_for_an_actor() -> None:
    made = raid()
    assert made.relation_path is not None
    made.tree = Tree([1, -1, 4, 4, 1, 7, 7, 4, 1], [
        "nsubj", "root", "compound", "nsubj", "ccomp", "det", "compound", "obj", "punct",
    ])  # fmt: skip
    path = made.tree.path(4, 2)
    made.relation_path[LABELS["relations"].index("actor"), path] = 9
    assert names(the_event(made)) == (["Korush"], [])


def test_who_is_joined_to_one_who_acts_acts_too() -> None:
    made = analysis("Korush and Teleb raided Vendara.")
    for name in ("Korush", "Teleb", "Vendara"):
        mention(made, name, "state")
    event(made, "raided", "ASSAULT")
    made.tree = Tree([3, 2, 0, -1, 3, 3], ["nsubj", "cc", "conj", "root", "obj", "punct"])
    relate(made, "actor", "raided", "Korush", 9)
    relate(made, "actor", "raided", "Teleb", 6.5)
    assert names(the_event(made)) == (["Korush", "Teleb"], [])


def test_who_is_fought_with_fights_too() -> None:
    made = analysis("Korush clashed with Teleb.")
    for name in ("Korush", "Teleb"):
        mention(made, name, "state")
    event(made, "clashed", "ASSAULT")
    made.tree = Tree([1, -1, 3, 1, 1], ["nsubj", "root", "case", "obl", "punct"])
    relate(made, "actor", "clashed", "Korush", 9)
    assert names(the_event(made)) == (["Korush", "Teleb"], [])

from tests.reading.hand import analysis, attribute, mention

from onrecord.reading.answers import resolve_answers
from onrecord.reading.cast import cast_of
from onrecord.reading.drafts import Draft
from onrecord.reading.statements import statements

Texts = list[str]


def contents(text: str, drafts: list[Draft]) -> list[Texts]:
    return [[text[a:b] for a, b in d.content] for d in drafts]


def test_a_closing_quotation_mark_belongs_to_the_content() -> None:
    text = "“We will not talk,” the envoy said."
    made = analysis(text)
    attribute(made, cue="said", source="the envoy", content="We will not talk")
    (draft,) = statements(made, cast_of(made))
    assert contents(text, [draft]) == [["“We will not talk,”"]]
    assert draft.mode == "direct"


def test_loose_punctuation_is_left_out() -> None:
    text = "The talks failed, the ministry said."
    made = analysis(text)
    attribute(made, cue="said", source="the ministry", content="The talks failed,")
    (draft,) = statements(made, cast_of(made))
    assert contents(text, [draft]) == [["The talks failed"]]
    assert draft.mode == "indirect"


def test_quoted_words_inside_a_paraphrase_are_mixed() -> None:
    text = 'Varga said the offer was "an insult" to her people.'
    made = analysis(text)
    attribute(made, cue="said", source="Varga", content='the offer was "an insult" to her people')
    assert statements(made, cast_of(made))[0].mode == "mixed"


def test_a_statement_inside_anothers_content_stands_within_it() -> None:
    text = "Officials said the rebels had vowed to fight on."
    made = analysis(text)
    attribute(made, cue="said", source="Officials", content="the rebels had vowed to fight on")
    attribute(made, cue="vowed", source="the rebels", content="to fight on")
    outer, inner = statements(made, cast_of(made))
    assert inner.within is outer
    assert outer.within is None


def test_the_speaker_is_the_actor_in_the_source() -> None:
    text = "Olena Varga said the truce held."
    made = analysis(text)
    mention(made, "Olena Varga", "person")
    attribute(made, cue="said", source="Olena Varga", content="the truce held")
    (draft,) = statements(made, cast_of(made))
    assert [c.surfaces for c in draft.speakers] == [["Olena Varga"]]


def test_a_pronoun_speaks_for_whom_the_model_links_it_to() -> None:
    text = "Olena Varga came to Istra. She said the truce held."
    made = analysis(text)
    mention(made, "Olena Varga", "person")
    attribute(made, cue="said", source="She", content="the truce held")
    anchor = made.attributions[0].anchor
    assert made.left is not None
    assert made.right is not None
    made.left[anchor, 0, 0] = made.right[0, 0, 0] = 8.0
    (draft,) = statements(made, cast_of(made))
    assert draft.speakers[0].surfaces == ["Olena Varga"]


def test_where_nobody_stands_behind_it_the_authority_is_none() -> None:
    made = analysis("Dozens are believed to be held.")
    attribute(made, cue="believed", source=None, content="to be held", authority="none")
    (draft,) = statements(made, cast_of(made))
    assert draft.speakers == []
    assert draft.authority == "none"


def test_a_denial_answers_the_report_it_refers_to() -> None:
    text = (
        "The army shelled the port of Istra, sources said.\n\n"
        "The ministry denied what the sources said about the port of Istra."
    )
    made = analysis(text)
    mention(made, "sources", "unnamed")
    mention(made, "The ministry", "state")
    attribute(made, cue="said", source="sources", content="The army shelled the port of Istra")
    attribute(
        made, cue="denied", source="The ministry", act="deny",
        content="what the sources said about the port of Istra",
    )  # fmt: skip
    drafts = statements(made, cast_of(made))
    resolve_answers(drafts, text)
    assert drafts[1].about == [drafts[0].id]
    assert drafts[0].about == []

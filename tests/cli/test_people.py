import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.strategies import records

from onrecord.cli.people import WIDEST, print_record
from onrecord.record import Record


def _told(record: Record, *, width: int = 100, verbose: bool = False, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        _environ={},
    )
    print_record(record, console, verbose=verbose)
    return out.getvalue()


def _line(told: str, words: str) -> str:
    return next(line for line in told.splitlines() if words in line)


def test_the_headline_stands_against_the_text(record: Record) -> None:
    told = _told(record)
    assert "✗  “Front rejects truce”" in told
    assert "disputed" in _line(told, "“Front rejects truce”")
    narrow = " ".join(_told(record, width=80).split())
    assert "the text repeats it, nobody stands behind it²" in narrow


def test_statements_stand_under_their_source_with_its_authority(record: Record) -> None:
    lines = _told(record).splitlines()
    source = next(n for n, line in enumerate(lines) if line.startswith("  two Kaldian diplomats"))
    assert lines[source].endswith("unnamed")
    assert lines[source + 1].startswith("    ¹ ┊ The Orsan Resistance Front has rejected")
    assert "named" in _line(_told(record), "Ilena Marrow, a member")
    assert "    ⁴ ┃ demands: " in _told(record)


def test_denials_say_what_they_deny_and_echoes_what_they_echo(record: Record) -> None:
    told = _told(record)
    assert "✗ denies ¹: what the diplomats said" in told
    assert "✗ denies ¹, echoing ³" in told
    assert "✗ denied by ³ ⁶" in told


def test_a_statement_in_a_statement_says_where_it_is_told(record: Record) -> None:
    assert "(told in ¹⁰)" in " ".join(_told(record).split()).replace("( ", "(")


def test_events_and_figures_say_on_whose_word_they_stand(record: Record) -> None:
    told = _told(record)
    assert _line(told, "REJECT").endswith("¹ unnamed ✗ ³ ⁶")
    assert _line(told, "“killing 31 people”").endswith("⁷ unnamed")
    assert _line(told, "“60-day truce”").endswith("“60-day truce”")


def test_terms_that_are_each_other_s_price_stand_side_by_side(record: Record) -> None:
    lines = _told(record).splitlines()
    price = next(n for n, line in enumerate(lines) if "⇄" in line)
    assert "hand over the town of Brenna" in lines[price - 1]
    assert "a lasting truce" in lines[price]


def test_parties_and_topics_are_a_matrix_where_there_is_room(record: Record) -> None:
    wide, narrow = _told(record, width=110), _told(record, width=70)
    assert {"territory", "ceasefire", "captives", "aid"} <= set(
        _line(wide.partition("WHERE THEY STAND")[2], "territory").split()
    )
    assert "‖ requires    ceasefire" in narrow


def test_verbose_gives_offsets_and_makers(record: Record) -> None:
    made = replace(record.statements[0], origin="attribution/1", confidence=0.91)
    told = _told(replace(record, statements=(made, *record.statements[1:])), verbose=True)
    span = made.content[0]
    assert f"s1 {span.start}:{span.end}" in told
    assert "attribution/1 0.91" in told
    assert "ACTORS" in told


def test_without_colour_there_are_no_codes_and_with_colour_the_words_are_the_same(
    record: Record,
) -> None:
    plain, coloured = _told(record), _told(record, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured


@pytest.mark.parametrize("width", [40, 80, 100, 140])
def test_it_folds_to_the_terminal(record: Record, width: int) -> None:
    lines = _told(record, width=width).splitlines()
    assert max(map(len, lines)) <= min(width, WIDEST)
    assert not [line for line in lines if line != line.rstrip()]


def test_a_report_that_quotes_nobody_says_so(record: Record) -> None:
    bare = Record(report=record.report)
    assert "Nobody is quoted" in _told(bare)


@given(records(), st.sampled_from([40, 80, 140]), st.booleans())
def test_any_record_can_be_told_and_commands_nothing(
    record: Record, width: int, verbose: bool
) -> None:
    told = _told(record, width=width, verbose=verbose)
    assert not {c for c in told if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)}
    assert not {"\u202e", "\u2066", "\u200f"} & set(told)

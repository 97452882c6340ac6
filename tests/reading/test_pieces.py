from pathlib import Path

import pytest

from onrecord.reading import pieces
from onrecord.reading.pieces import PieceTable

VOCABULARY = "[PAD] [UNK] [CLS] [SEP] [MASK] truce front ##s said ##a a".split()


@pytest.fixture
def table(tmp_path: Path) -> PieceTable:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", "utf-8")
    return PieceTable.load(path)


def test_a_word_has_its_pieces_and_their_cases(table: PieceTable) -> None:
    ids, cases = table.of("Fronts")
    assert [VOCABULARY[k] for k in ids] == ["front", "##s"]
    assert cases == [pieces.TITLE, pieces.CONTINUED]
    assert table.of("Fronts") is table.of("Fronts")


def test_what_is_remembered_has_a_bound(table: PieceTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "CACHED_WORDS", 3)
    before = table.of("truce")
    for word in ("said", "fronts", "a", "saida", "x" * 10_000):
        table.of(word)
        assert len(table._known) <= 3
    assert table.of("truce") == before
    assert max(map(len, table._known)) <= pieces.LONGEST_CACHED


def test_of_a_long_word_the_beginning_is_seen(table: PieceTable) -> None:
    assert len(table.of("a" * 90)[0]) == pieces.LONGEST_WORD
    assert len(table.of("a" * 3000)[0]) == 1

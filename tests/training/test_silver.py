"""Silver syntax on the texts of other corpora."""

from __future__ import annotations

import numpy as np
from training.documents import NO_LABEL, Document, slice_of
from training.silver import LEARNED, ROWS, Silver, digest

FORMS = ["Orr", "struck", "Tel", "."]


def silver() -> Silver:
    rows = np.full((len(ROWS), 4), 3)
    rows[ROWS.index("heads")] = [1, -1, NO_LABEL, 1]
    rows[ROWS.index("likeliest heads")] = [1, -1, 1, 1]
    return Silver({digest(FORMS): rows})


def test_a_known_text_gets_labels_heads_and_a_tree() -> None:
    (found,) = silver().onto([Document(list(FORMS), [True, False, False, False])])
    assert set(LEARNED) - {"heads"} <= set(found.labels)
    assert found.heads is not None
    assert found.tree is not None
    assert found.heads.tolist() == [1, -1, NO_LABEL, 1]
    assert found.tree[0].tolist() == [1, -1, 1, 1]


def test_an_unknown_text_is_taught_nothing() -> None:
    (found,) = silver().onto([Document(["Other"], [True])])
    assert found.labels["upos"].tolist() == [NO_LABEL]
    assert found.heads is not None
    assert found.heads.tolist() == [NO_LABEL]
    assert found.tree is None


def test_a_window_keeps_what_stands_in_it_and_unknown_heads_stay_unknown() -> None:
    (found,) = silver().onto([Document(list(FORMS), [True, False, False, False])])
    cut = slice_of(found, 1, 4)
    assert cut.heads is not None
    assert cut.tree is not None
    assert cut.heads.tolist() == [-1, NO_LABEL, 0]
    assert cut.tree[0].tolist() == [-1, 0, 0]
    outside = slice_of(found, 2, 4)
    assert outside.heads is not None
    assert outside.heads.tolist() == [NO_LABEL, NO_LABEL]

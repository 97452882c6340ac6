"""Trees that are trees: what a parser may leave open, closed."""

from __future__ import annotations

from collections.abc import Sequence


def one_root_per_sentence(
    heads: Sequence[int], deprels: Sequence[str], starts: Sequence[bool]
) -> tuple[list[int], list[str]]:
    """A tree for every sentence: one root, no head outside it, no cycle.

    What breaks that is hung on the sentence's root with the relation `dep`.
    """
    fixed_heads, fixed_deprels = list(heads), list(deprels)
    borders = [n for n, start in enumerate(starts) if start or n == 0]
    for first, end in zip(borders, [*borders[1:], len(heads)], strict=True):
        _mend(fixed_heads, fixed_deprels, range(first, end))
    return fixed_heads, fixed_deprels


def _mend(heads: list[int], deprels: list[str], sentence: range) -> None:
    inside = [n for n in sentence if heads[n] in sentence and heads[n] != n]
    roots = [n for n in sentence if n not in set(inside)]
    root = next((n for n in roots if heads[n] < 0), roots[0] if roots else sentence[0])
    heads[root], deprels[root] = -1, "root"
    reached = {root}
    for n in sentence:
        path = _path(heads, n, reached, sentence)
        if path is None:
            heads[n], deprels[n] = root, "dep"
            path = [n]
        reached.update(path)


def _path(heads: list[int], node: int, reached: set[int], sentence: range) -> list[int] | None:
    """The words from `node` up to one that is known to reach the root, or None: there is none."""
    path: list[int] = []
    while node not in reached:
        if node in path or node not in sentence:
            return None
        path.append(node)
        node = heads[node]
    return path

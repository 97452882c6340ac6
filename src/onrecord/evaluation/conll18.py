"""The scores of the CoNLL 2018 shared task: F1 of a system's tree against the gold tree.

Both trees are over the same text, so that tokens, sentences and words are compared by their
characters, white space aside. Words are aligned first: one whose characters are the same is the
same word; inside a multiword token of either side, the words are aligned by the longest common
subsequence of their forms. A property counts over aligned words. Heads count when they are
aligned too, relations without their subtypes, features only where they are universal ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from onrecord.errors import EvaluationError
from onrecord.evaluation.conllu import Span, Tree, Word
from onrecord.evaluation.tally import Tally

# fmt: off
UNIVERSAL_FEATURES = frozenset((
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number",
    "Case", "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident",
    "Polarity", "Person", "Polite",
))
# fmt: on

Pair = tuple[int, int]


def scores(gold: Tree, system: Tree) -> dict[str, Tally]:
    """A tally for each metric of the shared task that the project uses, in its order.

    Raises:
        EvaluationError: the two trees aren't over the same characters.
    """
    _check_same_text(gold, system)
    aligned = align(gold.words, system.words)
    heads = _Heads(gold, system, aligned)
    tests: dict[str, Callable[[Word, Word], bool]] = {
        "Words": lambda g, s: True,
        "UPOS": lambda g, s: g.upos == s.upos,
        "XPOS": lambda g, s: g.xpos == s.xpos,
        "UFeats": lambda g, s: _universal(g.feats) == _universal(s.feats),
        "Lemmas": lambda g, s: g.lemma in ("_", s.lemma),
        "UAS": heads.same,
        "LAS": lambda g, s: heads.same(g, s) and _plain(g.deprel) == _plain(s.deprel),
    }
    found = {
        "Tokens": _same_spans(gold.tokens, system.tokens),
        "Sentences": _same_spans(gold.sentences, system.sentences),
    }
    for name, test in tests.items():
        right = sum(test(gold.words[g], system.words[s]) for g, s in aligned)
        found[name] = Tally(right, len(gold.words), len(system.words))
    return found


def _check_same_text(gold: Tree, system: Tree) -> None:
    ends = [tree.sentences[-1][1] if tree.sentences else 0 for tree in (gold, system)]
    if ends[0] != ends[1]:
        raise EvaluationError(f"the system's tree covers {ends[1]} characters, the gold {ends[0]}")


def _same_spans(gold: Iterable[Span], system: Iterable[Span]) -> Tally:
    wanted, found = set(gold), set(system)
    return Tally(len(wanted & found), len(wanted), len(found))


def _plain(deprel: str) -> str:
    return deprel.partition(":")[0]


def _universal(feats: str) -> frozenset[str]:
    pairs = feats.split("|")
    return frozenset(pair for pair in pairs if pair.partition("=")[0] in UNIVERSAL_FEATURES)


class _Heads:
    """Whether two aligned words have the same head."""

    def __init__(self, gold: Tree, system: Tree, aligned: Sequence[Pair]) -> None:
        self._aligned = {id(system.words[s]): gold.words[g] for g, s in aligned}
        self._gold, self._system = gold, system

    def same(self, gold: Word, system: Word) -> bool:
        if gold.head < 0 or system.head < 0:
            return gold.head < 0 and system.head < 0
        head = self._aligned.get(id(self._system.words[system.head]))
        return head is self._gold.words[gold.head]


def align(gold: Sequence[Word], system: Sequence[Word]) -> list[Pair]:
    """Index pairs of the words that are the same in both trees."""
    pairs: list[Pair] = []
    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].multiword and not system[s].multiword and _before(system[s], gold[g]):
            s += 1
        elif system[s].multiword and not gold[g].multiword and _before(gold[g], system[s]):
            g += 1
        elif gold[g].multiword or system[s].multiword:
            g_end, s_end = _multiword_region(gold, system, g, s)
            pairs += _common(gold, system, range(g, g_end), range(s, s_end))
            g, s = g_end, s_end
        elif gold[g].span == system[s].span:
            pairs.append((g, s))
            g, s = g + 1, s + 1
        elif gold[g].span[0] <= system[s].span[0]:
            g += 1
        else:
            s += 1
    return pairs


def _before(one: Word, other: Word) -> bool:
    return one.span[0] < other.span[0]


def _multiword_region(gold: Sequence[Word], system: Sequence[Word], g: int, s: int) -> Pair:
    """Where the words end that lie in a multiword token of either side, from `g` and `s` on."""
    end = gold[g].span[1] if gold[g].multiword else system[s].span[1]
    while _inside(gold, g, end) or _inside(system, s, end):
        of_gold = s == len(system) or (g < len(gold) and gold[g].span[0] <= system[s].span[0])
        word = gold[g] if of_gold else system[s]
        end = max(end, word.span[1]) if word.multiword else end
        g, s = (g + 1, s) if of_gold else (g, s + 1)
    return g, s


def _inside(words: Sequence[Word], index: int, end: int) -> bool:
    """Whether the word lies before `end`, a multiword one at least in part."""
    if index == len(words):
        return False
    word = words[index]
    return word.span[0] < end if word.multiword else word.span[1] <= end


def _common(
    gold: Sequence[Word], system: Sequence[Word], rows: range, columns: range
) -> list[Pair]:
    """A longest common subsequence of the forms, case aside, as index pairs."""
    width = len(columns) + 1
    longest = [[0] * width for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(columns))):
            same = gold[rows[i]].form.lower() == system[columns[j]].form.lower()
            after = longest[i + 1][j + 1] + 1
            longest[i][j] = after if same else max(longest[i + 1][j], longest[i][j + 1])
    return list(_walk(longest, gold, system, rows, columns))


def _walk(
    longest: list[list[int]],
    gold: Sequence[Word],
    system: Sequence[Word],
    rows: range,
    columns: range,
) -> Iterator[Pair]:
    i = j = 0
    while i < len(rows) and j < len(columns):
        if gold[rows[i]].form.lower() == system[columns[j]].form.lower():
            yield rows[i], columns[j]
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1

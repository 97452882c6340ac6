"""Universal Dependencies trees in the manner of spaCy's English pipelines.

spaCy's English models, and what is built on them (its noun chunks, textacy, users' patterns), use
the ClearNLP scheme: prepositions and copulas are heads, names have their last word as head, the
words of a coordination hang on its first, and some relations have other names. `spacy_tree` turns a
UD tree into such a tree with rules; `docs/decisions/spacy-trees.md` tells why and what is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: UD relations whose counterpart has another name, whatever stands around them.
_RENAMED = {
    "root": "ROOT", "obj": "dobj", "iobj": "dative", "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass", "aux:pass": "auxpass", "nmod:poss": "poss", "nmod:desc": "compound",
    "det:predet": "predet", "cc:preconj": "preconj", "compound:prt": "prt", "acl:relcl": "relcl",
    "advcl:relcl": "relcl", "discourse": "intj", "vocative": "npadvmod", "obl": "npadvmod",
    "obl:agent": "npadvmod", "nmod": "nmod", "flat": "compound", "fixed": "pcomp", "list": "dep",
    "dislocated": "dep", "goeswith": "dep", "orphan": "dep", "reparandum": "dep", "cop": "aux",
}  # fmt: skip
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_PREPOSITIONS = frozenset(
    ("about", "after", "against", "at", "before", "by", "despite", "for", "from", "in", "into",
     "of", "on", "over", "since", "through", "to", "toward", "towards", "upon", "with", "without")
)  # fmt: skip
#: What a predicate leaves to its copula when that becomes the head.
_CLAUSAL = frozenset(
    ("nsubj", "csubj", "expl", "aux", "mark", "cc", "punct", "advcl", "parataxis", "discourse",
     "vocative", "obl", "advmod", "ccomp", "dislocated")
)  # fmt: skip
#: ... unless it is an adjective, which keeps what stands after it ("aware of", "ready to").
_KEPT_BY_ADJECTIVES = frozenset({"obl", "advcl", "ccomp"})


@dataclass
class _Node:
    """A word: its place and form, and its head and relation, which change."""

    index: int
    form: str
    upos: str
    xpos: str
    head: int
    dep: str

    @property
    def relation(self) -> str:
        """The relation without its subtype."""
        return self.dep.partition(":")[0]


class _Tree:
    """The words of a text, with their children at hand."""

    def __init__(self, nodes: list[_Node]) -> None:
        self.nodes = nodes
        self.children: list[list[_Node]] = [[] for _ in nodes]
        for node in nodes:
            if node.head >= 0:
                self.children[node.head].append(node)

    def attach(self, node: _Node, head: int, dep: str) -> None:
        """Move a word, with all below it."""
        if node.head >= 0:
            self.children[node.head].remove(node)
        if head >= 0:
            self.children[head].append(node)
        node.head, node.dep = head, dep

    def promote(self, child: _Node, *, dep: str) -> None:
        """Swap a word with its head, which becomes its child with the relation `dep`."""
        head = self.nodes[child.head]
        self.attach(child, head.head, head.dep)
        self.attach(head, child.index, dep)

    def below(self, node: _Node, *deps: str) -> list[_Node]:
        """The children with one of these relations, subtypes aside, in text order."""
        found = (child for child in self.children[node.index] if child.relation in deps)
        return sorted(found, key=lambda child: child.index)


def spacy_tree(
    forms: Sequence[str],
    upos: Sequence[str],
    xpos: Sequence[str],
    heads: Sequence[int],
    deprels: Sequence[str],
) -> tuple[list[int], list[str]]:
    """Heads and relations in spaCy's English scheme.

    Args:
        forms: the words of a text.
        upos: their universal parts of speech.
        xpos: their Penn Treebank tags.
        heads: the index of each word's UD head, -1 for a root; without cycles.
        deprels: their UD relations.

    Returns:
        For each word the index of its head, its own for a root, and its relation.
    """
    rows = zip(range(len(forms)), forms, upos, xpos, heads, deprels, strict=True)
    tree = _Tree([_Node(*row) for row in rows])
    for step in (_name, _copula, _preposition, _gerund, _coordination, _punctuation):
        for node in tree.nodes:
            step(tree, node)
    labels = [_label(tree, node) for node in tree.nodes]
    return [node.head if node.head >= 0 else node.index for node in tree.nodes], labels


def _name(tree: _Tree, node: _Node) -> None:
    """`Izzat` -flat-> `al-Rishq`: the last word of a name becomes its head."""
    parts = [part for part in tree.below(node, "flat") if part.index > node.index]
    if not parts or node.upos not in _NOMINAL:
        return
    last = parts[-1]
    tree.promote(last, dep="compound")
    for child in list(tree.children[node.index]):
        tree.attach(child, last.index, "compound" if child in parts else child.dep)


def _copula(tree: _Tree, node: _Node) -> None:
    """`deal` -cop-> `is`: the copula becomes the head, the predicate its attribute."""
    copulas = tree.below(node, "cop")
    if not copulas:
        return
    copula = copulas[-1]
    adjective = node.upos == "ADJ"
    tree.promote(copula, dep="acomp" if adjective else "attr")
    if node.upos not in _NOMINAL and not adjective:
        node.dep = "advmod" if node.upos == "ADV" else "ccomp"
    for child in list(tree.children[node.index]):
        if _leaves(child, node, adjective=adjective):
            tree.attach(child, copula.index, child.dep)


def _leaves(child: _Node, predicate: _Node, *, adjective: bool) -> bool:
    """Whether a predicate's child belongs to the copula's clause."""
    relation = child.relation
    after = child.index > predicate.index
    if adjective and relation in _KEPT_BY_ADJECTIVES and after:
        return False
    if relation == "advmod" and child.index == predicate.index - 1:
        return child.form.lower() in _NEGATIONS
    if relation == "punct":
        return after or child.index < predicate.index - 1
    if relation == "conj":
        return child.upos in ("VERB", "AUX")
    return relation in _CLAUSAL


def _preposition(tree: _Tree, node: _Node) -> None:
    """`Cairo` -case-> `in`: the preposition becomes the head, the noun its object."""
    cases = [case for case in tree.below(node, "case") if case.index < node.index]
    if not cases:
        return
    dep = _preposition_dep(node)
    tree.promote(cases[-1], dep="pobj")
    for outer, inner in zip(reversed(cases[:-1]), reversed(cases), strict=False):
        tree.attach(outer, inner.index, "case")
        tree.promote(outer, dep="prep")
    cases[0].dep = dep


def _preposition_dep(noun: _Node) -> str:
    if noun.dep == "obl:agent":
        return "agent"
    modifies = ("obl", "nmod", "attr", "acomp", "obj", "advmod", "xcomp")
    return "prep" if noun.relation in modifies else noun.dep


def _gerund(tree: _Tree, node: _Node) -> None:
    """`winning` -mark-> `by`: a preposition before a gerund becomes its head."""
    marks = [mark for mark in tree.below(node, "mark") if mark.form.lower() in _PREPOSITIONS]
    if node.xpos == "VBG" and marks and node.head >= 0 and marks[0].xpos == "IN":
        tree.promote(marks[0], dep="pcomp")
        marks[0].dep = "prep"


def _coordination(tree: _Tree, node: _Node) -> None:
    """`and` and the commas before a later conjunct hang on the first one."""
    if node.relation != "conj" or node.head < 0:
        return
    above = tree.nodes[node.head]
    if node.upos == "ADP" and above.dep == "pobj":
        above = tree.nodes[above.head]
        tree.attach(node, above.index, "conj")
    below = tree.below(node, "pobj")
    for owner in (node, *below):
        for child in tree.below(owner, "cc", "punct"):
            if child.index < node.index:
                tree.attach(child, above.index, child.dep)


def _punctuation(tree: _Tree, node: _Node) -> None:
    """Quotation marks and brackets before a noun phrase hang on what it hangs on."""
    if node.relation != "punct" or node.xpos == "HYPH" or node.head < 0:
        return
    noun = tree.nodes[node.head]
    leftmost = min(child.index for child in tree.children[noun.index])
    if noun.upos in _NOMINAL and noun.head >= 0 and node.index == leftmost < noun.index:
        tree.attach(node, noun.head, "punct")


def _label(tree: _Tree, node: _Node) -> str:
    """The name that spaCy's English pipelines give a relation."""
    if node.dep.startswith("advmod") and node.form.lower() in _NEGATIONS:
        return "neg"
    if node.dep == "mark" and node.xpos == "TO":
        return "aux"
    if node.dep == "nsubj" and _has_there(tree.below(tree.nodes[node.head], "expl")):
        return "attr"
    if node.dep == "xcomp" and node.upos in ("ADJ", "NOUN", "PROPN"):
        return "acomp" if node.upos == "ADJ" else "oprd"
    if node.relation == "obl" and node.upos == "ADP":
        return "prep"
    if node.relation in ("obl", "nmod") and node.dep not in _RENAMED:
        return "npadvmod"
    if node.dep == "case" and node.xpos != "POS":
        return "prep"
    return _RENAMED.get(node.dep) or _RENAMED.get(node.relation) or node.relation


def _has_there(expletives: Iterable[_Node]) -> bool:
    return any(expletive.form.lower() == "there" for expletive in expletives)

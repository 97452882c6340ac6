"""Positions and proposals: what parties take up, and the terms that are on the table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.reading.analysis import Analysis
from onrecord.reading.cast import Cast, Cluster
from onrecord.reading.decoding import Range, softmax, trimmed
from onrecord.reading.figures import spans
from onrecord.reading.participants import related
from onrecord.vocabulary import Stance, Topic

ORIGIN = "model:position/1"
TERM_ORIGIN = "model:term+rule:exchange/1"
_EXCHANGE = re.compile(
    r"\b(?:in (?:exchange|return) for|in exchange|in return|if|once|provided(?: that)?|as long as|"
    r"on condition that|conditional on|unless|until|without|after|before|only when|subject to)\b",
    re.I,
)
_PARTED = re.compile(r"\b(?:in (?:exchange|return) for|as well as)\b", re.I)
"""What parts one term from the next: the price of a term is a term of its own."""
_PRICE = re.compile(r"(?:in )?(?:exchange|return) for (?=\w)", re.I)
_NAME = re.compile(
    r"\b(?:(?:the|an?|its|their|his|this|that|\w+['’]s)\s+)?(?:[\w.-]+\s+){0,3}?[“\"]?"
    r"(?:proposals?|plan|peace plan|initiative|roadmap|road map|blueprint|offer|vision|draft|"
    r"accord|agreement|deal|resolution|demands?|framework|package)\b[”\"]?",
    re.I,
)


@dataclass(slots=True)
class DraftPosition:
    """A position before it has an id and a voice."""

    word: int
    what: Range
    by: list[Cluster]
    stance: Stance
    topic: Topic
    confidence: float


@dataclass(slots=True)
class DraftTerm:
    """A term of a proposal."""

    word: int
    what: Range
    topic: Topic
    giver: list[Cluster]
    proposers: list[Cluster]
    confidence: float
    id: str = ""


@dataclass(slots=True)
class DraftProposal:
    """Terms that one side puts, with what names the whole and what is the price of what."""

    by: list[Cluster]
    terms: list[DraftTerm]
    name: Range | None = None
    exchange: list[tuple[list[DraftTerm], list[DraftTerm]]] = field(default_factory=list)


_EMPTY = frozenset(
    "a an the this that these those to of in on at by for with from and or but no it its".split()
)


def _spans(analysis: Analysis, head: str) -> list[Range]:
    """The spans of a head that hold more than articles and prepositions."""
    forms = analysis.forms()
    return [
        (a, b) for a, b in spans(analysis, head)
        if any(f.isalnum() and f.lower() not in _EMPTY for f in forms[a:b])
    ]  # fmt: skip


def positions(analysis: Analysis, cast: Cast, *, after: int) -> list[DraftPosition]:
    """The positions of a report in text order, behind its headline."""
    sure = softmax(analysis.logits["position"])
    out = []
    for a, b in _spans(analysis, "position"):
        what = analysis.chars(*trimmed(analysis.forms(), a, b))
        if what[0] >= after:
            out.append(
                DraftPosition(
                    a, what, related(analysis, cast, "holder", a),
                    analysis.label("stance", a), analysis.label("topic", a),
                    round(float(sure[a, 1]), 3),
                )
            )  # fmt: skip
    return out


def proposals(analysis: Analysis, cast: Cast, *, after: int) -> list[DraftProposal]:
    """Terms gathered into proposals: neighbours in one or two sentences from the same proposer."""
    out: list[DraftProposal] = []
    last = -10
    for term in _terms(analysis, cast, after):
        sentence = analysis.sentence_of(term.word)
        same = bool(out) and sentence - last <= 2 and _compatible(out[-1].by, term.proposers)
        if same:
            out[-1].terms.append(term)
            out[-1].by = out[-1].by or term.proposers
        else:
            out.append(DraftProposal(term.proposers, [term]))
        last = sentence
    for proposal in out:
        _set_exchange(analysis, proposal)
        proposal.name = _name(analysis, proposal)
    return out


def _terms(analysis: Analysis, cast: Cast, after: int) -> list[DraftTerm]:
    sure = softmax(analysis.logits["term"])
    parts = [
        (a, word, end)
        for a, b in _spans(analysis, "term") if analysis.words[a][0] >= after
        for word, end in _parts(analysis, a, b)
    ]  # fmt: skip
    return [
        DraftTerm(
            word, analysis.chars(*trimmed(analysis.forms(), word, end, name=True)),
            analysis.label("topic", word), related(analysis, cast, "giver", word),
            related(analysis, cast, "proposer", word), round(float(sure[first, 1]), 3),
        )
        for first, word, end in parts
    ]  # fmt: skip


def _parts(analysis: Analysis, a: int, b: int) -> list[Range]:
    """A term's words, taken apart at the first "in exchange for" or "as well as" inside, and
    without "exchange for" where the model began there."""
    begun = _PRICE.match(analysis.text, *analysis.chars(a, b))
    if begun is not None:
        a += sum(start < begun.end() for start, _ in analysis.words[a:b])
    found = _PARTED.search(analysis.text, *analysis.chars(a, b))
    if found is None:
        return [(a, b)]
    starts = [start for start, _ in analysis.words[a:b]]
    left = a + sum(start < found.start() for start in starts)
    right = a + sum(start < found.end() for start in starts)
    return [(a, left), (right, b)] if a < left and right < b else [(a, b)]


def _compatible(one: list[Cluster], other: list[Cluster]) -> bool:
    return not one or not other or {id(c) for c in one} == {id(c) for c in other}


def _set_exchange(analysis: Analysis, proposal: DraftProposal) -> None:
    """Terms to either side of "in exchange for", "if", "once" within a sentence are each other's
    price."""
    by_sentence: dict[int, list[DraftTerm]] = {}
    for term in proposal.terms:
        by_sentence.setdefault(analysis.sentence_of(term.word), []).append(term)
    for index, terms in by_sentence.items():
        start, end = analysis.chars(*analysis.sentences()[index])
        for found in _EXCHANGE.finditer(analysis.text, start, end):
            left = [t for t in terms if t.what[1] <= found.start()]
            right = [t for t in terms if t.what[0] >= found.end()]
            if left and right:
                proposal.exchange.append((left, right))
                break


def _name(analysis: Analysis, proposal: DraftProposal) -> Range | None:
    """The phrase that names the proposal, in the sentence of its first term or the one before."""
    index = analysis.sentence_of(proposal.terms[0].word)
    for k in (index, index - 1):
        if k < 0:
            continue
        start, end = analysis.chars(*analysis.sentences()[k])
        for found in _NAME.finditer(analysis.text, start, end):
            inside = any(t.what[0] <= found.start() < t.what[1] for t in proposal.terms)
            if not inside and "\n" not in found.group():
                return found.span()
    return None

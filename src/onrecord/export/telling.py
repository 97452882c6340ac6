"""How a record is told to people: the names, marks and sentences that every layout shares.

The terminal and the page say the same things in the same order; here is what they say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.export.signs import ACT as ACT
from onrecord.export.signs import AUTHORITY as AUTHORITY
from onrecord.export.signs import BOUND as BOUND
from onrecord.export.signs import STANCE as STANCE
from onrecord.export.signs import SUPPORT as SUPPORT
from onrecord.record import (
    Actor,
    Event,
    Figure,
    Position,
    Proposal,
    Record,
    Span,
    Statement,
    Term,
)
from onrecord.vocabulary import Authority


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one source, in text order, and the ways in which it is identified."""

    who: str
    role: str
    authorities: tuple[Authority, ...]
    statements: tuple[Statement, ...]


def title(record: Record) -> str:
    """The report's title, or else its first line."""
    first = re.search(r"\S.*", record.text)
    return record.report.title or (first.group().strip() if first else record.report.id)


def origin(record: Record) -> str:
    """Publisher and date, as far as known."""
    return " · ".join(
        known for known in (record.report.publisher, record.report.published) if known
    )


def counted(record: Record) -> str:
    """How long the report is and on whose word its statements stand, in one line."""
    words = len(record.text.split())
    parts = [_plural(words, "word"), _plural(len(record.statements), "statement")]
    by = [(name, sum(s.authority == key for s in record.statements)) for key, name in _TALLY]
    told = ", ".join(f"{n} {name}" for name, n in by if n)
    return " · ".join(parts) + (f": {told}" if told else "")


_TALLY: tuple[tuple[Authority, str], ...] = (
    ("named", "by named people"),
    ("body", "by bodies"),
    ("media", "by outlets"),
    ("document", "from documents"),
    ("unnamed", "on unnamed sources"),
    ("none", "on nobody's word"),
)


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


# ---- who ----------------------------------------------------------------------------------------


def who(record: Record, statement: Statement) -> str:
    """Who speaks: the speakers' names, else the words of the source, else "nobody named"."""
    if statement.speaker:
        return listed(record.names(statement.speaker))
    return statement.source.text if statement.source else "nobody named"


def role(record: Record, statement: Statement) -> str:
    """What the report says of a single speaker: the role, or whom it belongs to; else empty."""
    if len(statement.speaker) != 1:
        return ""
    actor = record.actor(statement.speaker[0])
    if actor.kind == "unnamed":
        return ""
    belongs = inside(belongs_to(record, actor))
    if not actor.role:
        return belongs if belongs not in actor.name else ""
    said = any(_stem(name) in actor.role for name in _names(record, actor.of))
    return actor.role if said or not belongs else f"{actor.role}, {belongs}"


def _stem(name: str) -> str:
    """What a name shares with its adjective: "Ukra" with "Ukrainian", "Leba" with "Lebanese"."""
    return name if " " in name else name[:4]


def _names(record: Record, of: str | None) -> tuple[str, ...]:
    """All names of whom an actor belongs to, without articles."""
    try:
        known = record.actor(of or "")
        names = (known.name, *known.aliases)
    except KeyError:
        names = (of,) if of else ()
    return tuple(re.sub(r"\A(the|The|a|A) ", "", name) for name in names)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: "a, b and c"."""
    told = [name if n == 0 else inside(name) for n, name in enumerate(names)]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


_OPENERS = re.compile(
    r"\A(A|An|The|One|Two|Three|Four|Five|Six|Some|Several|Many|Other|Another|Both|Senior|Unnamed"
    r"|His|Her|Their|Its)(?= )"
)


def inside(name: str) -> str:
    """A name as it stands inside a sentence: "Two officials" has a small letter there."""
    return _OPENERS.sub(lambda opener: opener.group().lower(), name, count=1)


def quoted(text: str) -> str:
    """`text` in quotation marks; in single ones where it has double ones itself."""
    return f"‘{text}’" if re.search('[“”"«»]', text) else f"“{text}”"


def groups(record: Record) -> list[Group]:
    """The statements by source, sources in the order in which they first speak."""
    by_source: dict[tuple[str, ...], list[Statement]] = {}
    for statement in record.statements:
        key = statement.speaker or (
            ("",) if statement.source is None else (who(record, statement),)
        )
        by_source.setdefault(key, []).append(statement)
    return [_group(record, tuple(told)) for told in by_source.values()]


def _group(record: Record, told: tuple[Statement, ...]) -> Group:
    ways = tuple(dict.fromkeys(statement.authority for statement in told))
    return Group(who(record, told[0]), role(record, told[0]), ways, told)


def belongs_to(record: Record, actor: Actor) -> str:
    """Whom an actor belongs to or speaks for; empty where the report doesn't say."""
    return "" if actor.of is None else record.names([actor.of])[0]


# ---- what ---------------------------------------------------------------------------------------


def words(spans: Span | Iterable[Span]) -> str:
    """The words of the spans on one line, gaps shown as an ellipsis."""
    found = [spans] if isinstance(spans, Span) else list(spans)
    return " … ".join(" ".join(span.text.split()) for span in found)


def shortened(text: str, limit: int) -> str:
    """`text`, cut at a word to at most `limit` characters; an opened quotation mark is closed."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    closing = {"“": "”", "«": "»", '"': '"'}.get(text[0], "")
    return f"{cut} …{closing if closing and text.endswith(closing) else ''}"


def parties(record: Record, entry: Event | Position) -> str:
    """Who did it or holds it; empty where the report doesn't say."""
    ids = entry.actors if isinstance(entry, Event) else entry.by
    return listed(record.names(ids))


def offer(record: Record, proposal: Proposal) -> str:
    """Whose proposal it is and whom it was put to: "Egypt to Hamas and Islamic Jihad"."""
    by = listed(record.names(proposal.by or proposal.mediators))
    to = listed(record.names(proposal.to))
    return f"{by} to {inside(to)}".strip() if to else by or "by nobody named"


def in_order(proposal: Proposal) -> list[tuple[str, Term]]:
    """The terms, each other's price side by side: the second side has a ⇄ before it."""
    by_id = {term.id: term for term in proposal.terms}
    ordered: dict[str, str] = {}
    for given, taken in proposal.exchange:
        for id in given:
            ordered.setdefault(id, "")
        for n, id in enumerate(taken):
            ordered.setdefault(id, "" if n else "⇄")
    for id in by_id:
        ordered.setdefault(id, "")
    return [(mark, by_id[id]) for id, mark in ordered.items() if id in by_id]


def taken_up(record: Record) -> dict[str, list[Position]]:
    """The positions by the proposal that they, or a term of it, are taken up towards."""
    whole = {term.id: proposal.id for proposal in record.proposals for term in proposal.terms}
    found: dict[str, list[Position]] = {}
    for position in record.positions:
        if position.on is not None:
            found.setdefault(whole.get(position.on, position.on), []).append(position)
    return found


def amount(figure: Figure) -> str:
    """The figure with its bound: "> 20,000", "30–40"."""
    value = _number(figure.value)
    if figure.upper is not None:
        return f"{value}–{_number(figure.upper)}"
    return f"{BOUND[figure.bound]} {value}{'%' if figure.what == 'share' else ''}".strip()


def _number(value: int | float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"

"""The record beside the text, section by section, folded to what matters."""

from collections.abc import Iterable, Sequence

from onrecord.export import telling, voices
from onrecord.export.page.markup import Markup, join, tag
from onrecord.record import Event, Figure, Position, Proposal, Record, Statement, Term, Voiced

_ROOM = 130
"""Characters of a passage: the whole of it stands in the text, a click away."""


def sections(record: Record) -> Markup:
    """The sections of the record; a layer with nothing in it has none."""
    parties: dict[str, list[Position]] = {}
    for position in record.positions:
        parties.setdefault(telling.parties(record, position), []).append(position)
    taken_up = telling.taken_up(record)
    return join(
        _section("Who says what", [_source(record, group) for group in telling.groups(record)]),
        _section("What happened, they say", [_list(_event(record, e) for e in record.events)]),
        _section(
            "On the table", [_proposal(record, p, taken_up.get(p.id, ())) for p in record.proposals]
        ),
        _section("Where they stand", [_party(record, *party) for party in parties.items()]),
        _section("Figures", [_list(_figure(record, one) for one in record.figures)]),
        _section(
            "Actors", [_list(_actor(record, n) for n in range(len(record.actors)))], fold=True
        ),
    )


def _section(name: str, parts: Sequence[Markup], *, fold: bool = False) -> Markup:
    body = join(*parts)
    if not body:
        return Markup()
    return tag("details", tag("summary", name), body, open=not fold, class_="layer")


def _list(items: Iterable[Markup]) -> Markup:
    rows = join(*items)
    return tag("ul", rows) if rows else Markup()


def _entry(id: str, *children: str, class_: str = "") -> Markup:
    return tag(
        "li", *children, id=f"r-{id}", data_e=id, class_=f"entry {class_}".strip(), tabindex="0"
    )


def refs(record: Record, ids: Iterable[str]) -> Markup:
    """The numbers of statements, each a link to its entry."""
    links = (
        tag("a", str(record.number(id)), href=f"#r-{id}", data_ref=id, class_="ref") for id in ids
    )
    return join(*links, by="\u2009")


def _voice(record: Record, entry: Voiced) -> Markup:
    """On whose word an entry stands and who denies it, at the row's end."""
    said_by = record.voice_of(entry)
    told = Markup()
    if said_by is not None:
        number = refs(record, [said_by.id])
        told = join(number, telling.AUTHORITY[said_by.authority], by=" ")
        told = tag("span", told, class_=f"on {said_by.authority}")
    denied = voices.denied_by(record, entry)
    no = tag("span", "✗ ", refs(record, denied), class_="no", title="denied") if denied else ""
    return tag("span", join(told, no, by=" "), class_="voice") if told or no else Markup()


def _shortened(text: str) -> str:
    return telling.shortened(text, _ROOM)


# ---- statements ----------------------------------------------------------------------------------


def _source(record: Record, group: telling.Group) -> Markup:
    relays = {statement.via for statement in group.statements}
    via = ", ".join(relays.pop()) if len(relays) == 1 else ""
    ways = (tag("span", telling.AUTHORITY[one], class_=f"on {one}") for one in group.authorities)
    head = tag(
        "h3",
        tag("span", join(*ways, by=" · "), class_="voice"),
        tag("b", group.who),
        f", {group.role}" if group.role else "",
        f" → {via}" if via else "",
    )
    told = (_statement(record, one, relayed=not via) for one in group.statements)
    return tag("section", head, _list(told), class_="source")


def _statement(record: Record, one: Statement, *, relayed: bool) -> Markup:
    number = tag("span", str(record.number(one.id)), class_="number")
    words = tag("q", _shortened(telling.words(one.content)))
    return _entry(
        one.id,
        number,
        join(_verb(record, one), words, *_tail(record, one, relayed=relayed), by=" "),
        class_=f"told {one.authority}",
    )


def _verb(record: Record, one: Statement) -> Markup:
    about = [record.statement(id) for id in voices.answered(record, one)]
    to = [name for name in record.names(one.to) if name not in one.via]
    addressed = tag("span", f"to {telling.listed(to)}", class_="dim") if to else ""
    if one.act != "deny":
        verb = join(telling.ACT[one.act], refs(record, [other.id for other in about]), by=" ")
        kind = "no" if one.act == "reject" else "verb"
        return join(
            tag("span", verb, class_=kind) if telling.ACT[one.act] else "", addressed, by=" "
        )
    denied = refs(record, [other.id for other in about if other.act != "deny"])
    echoed = refs(record, [other.id for other in about if other.act == "deny"])
    echo = join("echoing", echoed, by=" ") if echoed else ""
    verb = join(join("✗ denies", denied, by=" "), echo, by=", ")
    return join(tag("span", verb, class_="no"), addressed, by=" ")


def _tail(record: Record, one: Statement, *, relayed: bool) -> list[Markup]:
    tail = []
    if relayed and one.via:
        tail.append(tag("span", f"→ {', '.join(one.via)}", class_="dim"))
    if one.within is not None:
        tail.append(tag("span", "told in ", refs(record, [one.within]), class_="dim"))
    if denials := voices.denied_by(record, one):
        tail.append(tag("span", "✗ denied by ", refs(record, denials), class_="no"))
    return tail


# ---- the other layers ----------------------------------------------------------------------------


def _event(record: Record, event: Event) -> Markup:
    to = telling.inside(telling.listed(record.names(event.recipients)))
    rest = [telling.quoted(telling.words(event.trigger))]
    rest += [telling.words(span) for span in (event.where, event.when) if span is not None]
    status = {"actual": "", "negated": "did not happen"}.get(event.status, event.status)
    happened = tag(
        "span",
        join(telling.parties(record, event), f"→ {to}" if to else "", by=" "),
        " ",
        tag("span", " · ".join(rest), class_="dim"),
        tag("span", f" {status}", class_="no" if event.status == "negated" else "status"),
    )
    kind = tag("span", event.type, class_="type")
    return _entry(event.id, kind, happened, _voice(record, event), class_="event")


def _proposal(record: Record, proposal: Proposal, positions: Sequence[Position]) -> Markup:
    name = telling.quoted(telling.words(proposal.name)) if proposal.name else ""
    head = _entry(
        proposal.id,
        _voice(record, proposal),
        tag("b", telling.offer(record, proposal)),
        " ",
        tag("span", name, class_="dim"),
        class_="offer",
    )
    terms = [_term(record, mark, term) for mark, term in telling.in_order(proposal)]
    answers = [_answer(record, proposal, one) for one in positions]
    return tag("ul", head, *terms, *answers, class_="proposal")


def _term(record: Record, mark: str, term: Term) -> Markup:
    giver = telling.inside(telling.listed(record.names(term.giver)))
    return _entry(
        term.id,
        tag("span", mark, class_="price", title="in exchange for") if mark else "",
        tag("span", term.topic, class_="topic"),
        " ",
        _shortened(telling.words(term.what)),
        tag("span", f" by {giver}", class_="dim") if giver else "",
        class_="term",
    )


def _answer(record: Record, proposal: Proposal, position: Position) -> Markup:
    mark, _, verb = telling.STANCE[position.stance]
    who = telling.inside(telling.parties(record, position))
    colour = {"rejects": "no", "accepts": "yes"}.get(position.stance, "verb")
    line = tag("span", f"{mark} {verb} {who}", class_=colour)
    what = ""
    if position.on != proposal.id or colour == "verb":
        what = tag("span", " ", _shortened(telling.words(position.what)), class_="dim")
    return tag(
        "li", _voice(record, position), line, what, data_e=position.id, class_="entry answer"
    )


def _party(record: Record, party: str, held: Sequence[Position]) -> Markup:
    rows = _list(_position(record, position) for position in held)
    return tag("section", tag("h3", tag("b", party)), rows, class_="source")


def _position(record: Record, position: Position) -> Markup:
    mark, verb, _ = telling.STANCE[position.stance]
    colour = {"rejects": "no", "accepts": "yes"}.get(position.stance, "verb")
    return _entry(
        position.id,
        _voice(record, position),
        tag("span", f"{mark} {verb}", class_=colour),
        " ",
        tag("span", position.topic, class_="topic"),
        " ",
        _shortened(telling.words(position.what)),
    )


def _figure(record: Record, figure: Figure) -> Markup:
    when = "" if figure.when is None else f" · {telling.words(figure.when)}"
    return _entry(
        figure.id,
        _voice(record, figure),
        tag("span", telling.amount(figure), class_="amount"),
        telling.quoted(_shortened(telling.words(figure.span))),
        tag("span", when, class_="dim"),
        class_="figure",
    )


def _actor(record: Record, n: int) -> Markup:
    actor = record.actors[n]
    about = [actor.kind, actor.role or "", telling.belongs_to(record, actor)]
    also = [f"also {', '.join(actor.aliases)}"] if actor.aliases else []
    rest = " · ".join(part for part in (*about, *also) if part)
    name = tag("b", actor.name)
    return _entry(actor.id, name, " ", tag("span", rest, class_="dim"), class_="actor")

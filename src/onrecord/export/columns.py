"""The columns of the tables of a store, and what each of them holds."""

_EVERY = ("report", "day", "publisher", "entry", "quote", "begins", "ends")
_VOICE = ("said_by", "authority", "voice", "denials", "claim", "state", "maker", "confidence")
LABEL = {
    "statements": "act",
    "events": "type",
    "positions": "stance",
    "figures": "what",
    "headline": "support",
}
STATUS = {"statements": "mode", "events": "status", "figures": "bound"}
ROLES = {
    "statements": ("speaker", "to"),
    "events": ("actor", "recipient"),
    "proposals": ("by", "to", "mediator"),
    "terms": ("giver",),
    "positions": ("by",),
}
_MORE: dict[str, tuple[str, ...]] = {
    "events": ("where_text", "when_text", "happened"),
    "terms": ("topic", "proposal"),
    "positions": ("topic",),
    "figures": ("value", "upper", "subject", "when_text", "happened"),
}
LAYERS = ("statements", "events", "proposals", "terms", "positions", "figures", "headline")

NAMES = ("reports", *LAYERS, "actors", "catalogue", "claims", "claim_members")
"""The tables, in the order in which they are written."""


def columns(name: str) -> tuple[str, ...]:
    """The columns of a table."""
    if name not in LAYERS:
        return _OTHERS[name]
    label = (LABEL[name],) if name in LABEL else ()
    status = (STATUS[name],) if name in STATUS else ()
    sides = tuple(f"{role}_party" for role in ROLES.get(name, ()))
    return (
        *_EVERY, *label, *status, *_MORE.get(name, ()), *ROLES.get(name, ()), *sides, *_VOICE
    )  # fmt: skip


_OTHERS = {
    "reports": (
        "report", "day", "published", "publisher", "title", "byline", "wire", "language",
        "words", "origin", "text",
    ),
    "actors": ("report", "actor", "name", "kind", "role", "of", "aliases", "catalogue", "party"),
    "catalogue": ("id", "name", "kind", "country", "party", "merged_into"),
    "claims": (
        "claim", "layer", "label", "topic", "entry", "first_day", "last_day", "tellings",
        "supporters", "deniers", "origins", "authority",
    ),
    "claim_members": ("claim", "entry", "side"),
}  # fmt: skip

_LISTS = {"reports": {"wire"}, "actors": {"aliases"}}
_SIDES = {layer: {f"{role}_party" for role in roles} for layer, roles in ROLES.items()}


def is_list(name: str, column: str) -> bool:
    """Whether this column of this table holds lists of names."""
    roles = ROLES.get(name, ())
    return column in roles or column in _SIDES.get(name, ()) or column in _LISTS.get(name, ())


NUMBERS = {"value", "upper", "confidence"}
INTEGERS = {
    "begins", "ends", "words", "denials", "tellings", "supporters", "deniers", "origins",
}  # fmt: skip
"""The columns that hold numbers; all others hold text."""

"""The mark and the words that layouts have for each of a record's allowed words."""

from onrecord.vocabulary import Act, Authority, Bound, Stance, Support

AUTHORITY: dict[Authority, str] = {
    "named": "named",
    "body": "a body",
    "unnamed": "unnamed",
    "media": "an outlet",
    "document": "a document",
    "none": "no source",
}
"""The words for each authority, beside a source."""

SUPPORT: dict[Support, tuple[str, str]] = {
    "full": ("●", "borne out"),
    "part": ("◐", "in part"),
    "disputed": ("✗", "disputed"),
    "unsourced": ("○", "unsourced"),
    "none": ("·", "not in the text"),
}
"""The mark and the word for each verdict on a claim of the headline."""

ACT: dict[Act, str] = {
    "assert": "",
    "deny": "denies",
    "confirm": "confirms",
    "decline": "declines",
    "demand": "demands",
    "offer": "offers",
    "accept": "accepts",
    "reject": "rejects",
    "threaten": "threatens",
    "accuse": "accuses",
    "believe": "believes",
}
"""The verb for each act; a plain assertion needs none."""

STANCE: dict[Stance, tuple[str, str, str]] = {
    "accepts": ("✓", "accepts", "accepted by"),
    "rejects": ("✗", "rejects", "rejected by"),
    "demands": ("!", "demands", "demanded by"),
    "offers": ("+", "offers", "offered by"),
    "requires": ("‖", "requires", "required by"),
    "open": ("~", "is open to", "held open by"),
    "silent": ("?", "won't say", "no word from"),
}
"""For each stance its mark, and its words before and behind what it is taken up towards."""

BOUND: dict[Bound, str] = {
    "exact": "",
    "more_than": ">",
    "less_than": "≤",
    "about": "~",
    "range": "",
}
"""The sign before a figure."""

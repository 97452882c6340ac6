"""The answers laid out for people: each line with its words, whose they are, and the report.

The same three colours as on a report's page, and each beside a word or mark: yellow for what
stands on unnamed sources or nobody, red for what is denied or refused, green for what is accepted.
"""

from onrecord.cli.answers.accounts import disputes, figures, search, sources, timeline
from onrecord.cli.answers.parties import ledger, positions
from onrecord.cli.answers.parts import nothing

__all__ = [
    "disputes",
    "figures",
    "ledger",
    "nothing",
    "positions",
    "search",
    "sources",
    "timeline",
]

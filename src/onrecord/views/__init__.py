"""Questions to a store, one module each: every answer leads back to the words of a report.

Each takes a connection of `Store.read` and `Filters`, and gives rows whose lines are `Told`.
"""

from onrecord.views.disputes import disputes
from onrecord.views.figures import figures
from onrecord.views.filters import Filters
from onrecord.views.ledger import ledger
from onrecord.views.positions import positions
from onrecord.views.search import search
from onrecord.views.sources import sources, weak
from onrecord.views.telling import Told
from onrecord.views.timeline import timeline

__all__ = [
    "Filters",
    "Told",
    "disputes",
    "figures",
    "ledger",
    "positions",
    "search",
    "sources",
    "timeline",
    "weak",
]

"""Links between reports: copies, versions, actors, claims, disputes.

`link` brings reports that a store has kept into connection with all others of it. Each kind of
link has its rules in a module of pure functions over texts and records, and a module in `kept` that
reads and writes the store.
"""

from onrecord.linking.kept.linking import VERSION, link

__all__ = ["VERSION", "link"]

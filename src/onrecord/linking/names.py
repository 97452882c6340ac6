"""Names in the form in which they are compared, each made once."""

from functools import lru_cache

from onrecord.store.names import norm as _norm


@lru_cache(maxsize=50_000)
def norm(name: str) -> str:
    """`onrecord.store.names.norm`, remembered: the same few names come again and again."""
    return _norm(name)

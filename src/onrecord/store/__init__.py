"""Keeps the records of many reports: `Store.open` gives a store, SQLite's or PostgreSQL's."""

from onrecord.store.engine import DEFAULT, Store

__all__ = ["DEFAULT", "Store"]

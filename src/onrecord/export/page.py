"""x"""

from onrecord.record import Record


def render(record: Record) -> str:
    """x"""
    return ""

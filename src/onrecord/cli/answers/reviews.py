"""Reviews, for people."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from onrecord.store.reviews import Review


def table(found: Sequence[Review]) -> Table:
    """One review a row: what was done to which words, why, by whom and when, and the ids."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(ratio=1, overflow="fold")
    for one in found:
        lines = [Text(line) for line in _what(one)]
        lines += [Text(one.note, style="italic")] if one.note else []
        undone = "" if one.holds else ", taken back"
        lines.append(Text(f"{one.who}, {one.made_at[:10]}, {one.id}{undone}", style="dim"))
        lines.append(Text(one.target, style="dim"))
        style = "bold" if one.holds else "dim strike"
        grid.add_row(Text(one.action, style=style), Text("\n").join(lines))
    return grid


_WORDS = ("trigger", "what", "span", "claim", "content", "name")


def _what(one: Review) -> list[str]:
    """The words that a review is about, and what a correction made of them."""
    if one.action == "undo":
        return []
    if one.action in ("merge", "split", "distinct"):
        whom = one.after.get("name") or one.after["into"]
        actors = [was["name"] for was in one.before.get("actors", {}).values()]
        sign = "≠" if one.action == "distinct" else "→"
        return [f"{', '.join(actors) or one.before['name']} {sign} {whom}"]
    entry = one.before["entry"]
    words = next((entry[name] for name in _WORDS if entry.get(name)), "")
    spans = words if isinstance(words, list) else [words]
    quote = " … ".join(span["text"] if isinstance(span, dict) else span for span in spans)
    after = one.after.get("entry", {}) if one.action == "correct" else {}
    changed = [
        f"{name}: {entry.get(name)} → {new}"
        for name, new in after.items()
        if new != entry.get(name)
    ]
    return [f"“{quote}”", *changed]

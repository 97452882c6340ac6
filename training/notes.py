"""Stand-off notes: records of reports whose words may not be kept here.

    python -m training.notes pack   --records DIR --stories DIR --notes training/gold/notes.jsonl
    python -m training.notes unpack --notes training/gold/notes.jsonl --stories DIR --out DIR

A note is a record in which every span is ``[start, end]`` and every name that stands in the report
is ``[start, end]`` too, with the report's id and the SHA-256 digest of its text. The text is the
story's title (where it has one), a blank line, and its body. Unpacking a note needs the story; one
whose digest differs is left out and named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LAYERS = ("actors", "statements", "events", "proposals", "positions", "figures", "headline")
WORDS = ("kind", "mode", "act", "authority", "type", "status", "topic", "stance", "what", "bound",
         "support", "id", "within", "voice", "on")  # fmt: skip
"""Fields whose strings are ids or words of the guide, never of the report."""
_REFS = ("speaker", "about", "actors", "recipients", "by", "mediators", "giver", "exchange")


def texts_of(stories: Path) -> dict[str, str]:
    """The text of every story in the folder's JSON-lines files, by id."""
    out = {}
    for path in sorted(stories.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            story = json.loads(line)
            title = story.get("title")
            out[story["id"]] = f"{title}\n\n{story['text']}" if title else story["text"]
    return out


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def packed(record: dict[str, Any], id: str) -> dict[str, Any]:
    """A record without its report's words."""
    text = record["report"]["text"]
    note: dict[str, Any] = {"id": id, "digest": digest(text)}
    return note | {layer: [_pack(e, text, "") for e in record[layer]] for layer in LAYERS}


def _pack(value: Any, text: str, field: str) -> Any:
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            return [value["start"], value["end"]]
        return {k: _pack(v, text, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_pack(v, text, field) for v in value]
    if isinstance(value, str) and field not in WORDS and field not in _REFS:
        at = text.find(value)
        return {"at": [at, at + len(value)]} if value and at >= 0 else value
    return value


def unpacked(note: dict[str, Any], text: str) -> dict[str, Any]:
    """The record that a note stands for; raises ValueError where the text isn't the one noted."""
    if digest(text) != note["digest"]:
        raise ValueError(f"the text of {note['id']} is not the one that was annotated")
    record: dict[str, Any] = {"report": {"id": note["id"], "text": text}}
    return record | {layer: [_unpack(e, text) for e in note[layer]] for layer in LAYERS}


def _unpack(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        if set(value) == {"at"}:
            return text[value["at"][0] : value["at"][1]]
        return {k: _unpack(v, text) for k, v in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(v, int) for v in value):
            return {"start": value[0], "end": value[1], "text": text[value[0] : value[1]]}
        return [_unpack(v, text) for v in value]
    return value


def notes_in(path: Path) -> Iterator[dict[str, Any]]:
    """The notes of a JSON-lines file."""
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def pack(records: Path, stories: Path, out: Path) -> None:
    """Write the notes of every record in a folder whose story is known."""
    texts = texts_of(stories)
    lines = []
    for path in sorted(records.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if texts.get(path.stem) != record["report"]["text"]:
            print(f"{path.name}: left out, its text is no story's")
            continue
        note = packed(record, path.stem)
        if unpacked(note, texts[path.stem])["statements"] != record["statements"]:
            print(f"{path.name}: left out, it does not come back whole")
            continue
        lines.append(json.dumps(note, separators=(",", ":"), ensure_ascii=False))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} notes in {out}")


def unpack(notes: Path, stories: Path, out: Path) -> None:
    """Write the record of every note whose story is there."""
    texts = texts_of(stories)
    out.mkdir(parents=True, exist_ok=True)
    for note in notes_in(notes):
        text = texts.get(note["id"])
        if text is None or digest(text) != note["digest"]:
            print(f"{note['id']}: left out, its story is missing or another")
            continue
        record = unpacked(note, text)
        (out / f"{note['id']}.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, needed in (("pack", "--records"), ("unpack", "--out")):
        one = verbs.add_parser(verb)
        for name in ("--notes", "--stories", needed):
            one.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    if args.verb == "pack":
        pack(args.records, args.stories, args.notes)
    else:
        unpack(args.notes, args.stories, args.out)


if __name__ == "__main__":
    main()

"""A record as W3C Web Annotations (JSON-LD): one page of annotations for a report.

Every target has a `TextPositionSelector` (characters of the report's text, end exclusive) and a
`TextQuoteSelector` with some words before and after, so that an annotation finds its place again
in a copy of the text that was laid out anew.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from onrecord import _contract
from onrecord.export import telling
from onrecord.record import (
    Event,
    Figure,
    HeadlineClaim,
    Position,
    Proposal,
    Record,
    Span,
    Statement,
    Term,
)

CONTEXT = 32
"""Characters of context in a quote selector, as browsers' text fragments and Hypothesis have it."""

Pointing = Statement | Event | Proposal | Term | Position | Figure | HeadlineClaim


def render(record: Record) -> str:
    """The annotation page as JSON-LD."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _urn(record, "annotations"),
        "type": "AnnotationPage",
        "items": [_annotation(record, *one) for one in _entries(record)],
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _urn(record: Record, part: str) -> str:
    return f"urn:onrecord:{quote(record.report.id, safe='')}:{quote(part, safe='')}"


def _entries(record: Record) -> Iterator[tuple[str, str, Pointing, Sequence[Span], str]]:
    """Each entry that has words: its layer and id, itself, its spans, and how it is told."""
    for s in record.statements:
        yield "statement", s.id, s, s.content, f"{telling.who(record, s)}: {s.act}, {s.authority}"
    for e in record.events:
        yield "event", e.id, e, [e.trigger], f"{e.type}: {telling.parties(record, e)}, {e.status}"
    for p in record.proposals:
        yield "proposal", p.id, p, [p.name] if p.name else [], telling.offer(record, p)
        for t in p.terms:
            yield "term", t.id, t, [t.what], f"{telling.offer(record, p)}: {t.topic}"
    for o in record.positions:
        told = f"{telling.parties(record, o)} {telling.STANCE[o.stance][1]}: {o.topic}"
        yield "position", o.id, o, [o.what], told
    for f in record.figures:
        yield "figure", f.id, f, [f.span], f"{telling.amount(f)} {f.what}"
    for n, h in enumerate(record.headline, start=1):
        yield "headline", f"h{n}", h, [h.claim], f"headline: {telling.SUPPORT[h.support][1]}"


def _annotation(
    record: Record, layer: str, id: str, entry: Pointing, spans: Sequence[Span], told: str
) -> dict[str, Any]:
    targets = [_target(record, span) for span in spans] or [{"source": _urn(record, "text")}]
    made: dict[str, Any] = {
        "id": _urn(record, id),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": layer},
            {"type": "TextualBody", "purpose": "describing", "value": told},
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "application/json",
                "value": json.dumps(_contract.encode(entry), ensure_ascii=False),
            },
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }
    if entry.origin:
        made["generator"] = {"type": "Software", "name": entry.origin}
    return made


def _target(record: Record, span: Span) -> dict[str, Any]:
    text = record.text
    return {
        "source": _urn(record, "text"),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - CONTEXT) : span.start],
                "suffix": text[span.end : span.end + CONTEXT],
            },
        ],
    }

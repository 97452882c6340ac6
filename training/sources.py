"""Every corpus by name, as the trainings read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from training import corpora, gold_records
from training.documents import Document
from training.silver import Silver

Source = Callable[[], list[Document]]


def sources(
    root: Path, gold: list[Path], labels: dict[str, list[str]], silver: Silver | None = None
) -> dict[str, Source]:
    """Every corpus by name, each read (again) when called; those without trees with silver ones."""
    ud = {k: labels[k] for k in ("upos", "xpos", "feats", "deprel")}

    def once(read: Source) -> Source:
        kept: list[list[Document]] = []

        def again() -> list[Document]:
            if not kept:
                kept.append(read())
            return kept[0]

        return again

    def parsed(read: Source) -> Source:
        return read if silver is None else lambda: silver.onto(read())

    def entities() -> list[Document]:
        ner = root / "ner"
        found = corpora.entities(ner / "gmb_voa.conll", limit=24_000)
        for _ in range(4):
            found += corpora.entities(ner / "wikigold.conll")
            found += corpora.entities(ner / "re3d_train.conll")
        return found

    return {
        "polnear": once(parsed(lambda: corpora.polnear(root / "polnear" / "train"))),
        "ewt": once(lambda: corpora.ud(root / "ud_ewt" / "train.conllu", ud)),
        "gum": once(lambda: corpora.ud(root / "ud_gum" / "train.conllu", ud, entities=True)),
        "ner": once(entities),
        "gold": parsed(lambda: gold_records.records(gold, labels)),
        "plv": once(lambda: corpora.plover_sentences(root / "plv" / "train.tsv", labels["event"])),
    }
